import { shortId } from "../storage/keys.ts";
import { read } from "../storage/ledger.ts";
import { aliasKey } from "./rows.ts";

/**
 * The id under which a recording's rows are, for any of its ids. An id without an alias is its own; so is one that two recordings
 * share, whose alias is "".
 */
export async function resolveRecording(id: string): Promise<string> {
  const alias = await read<{ recordingId: string }>(aliasKey(id));
  return alias?.row.recordingId || shortId(id);
}
