import { readRows } from "../../recordings/readRows.ts";
import { resolveRecording } from "../../recordings/resolveRecording.ts";
import { readWhole } from "../../storage/wholeBlob.ts";

/** The id of the recording that a file is of, as its manifest has it: the folder's name may be an escaped one. */
export async function recordingOfBlob(name: string): Promise<string | undefined> {
  const [folder = ""] = name.split("/");
  const manifest = await readWhole("recordings", `${folder}/manifest.json`);
  const id = (manifest && idIn(manifest.content)) ?? (await resolveRecording(folder));
  return (await readRows(id)) ? id : undefined;
}

function idIn(manifest: Buffer): string | undefined {
  try {
    const { recordingId } = JSON.parse(manifest.toString("utf8")) as { recordingId?: unknown };
    return typeof recordingId === "string" ? recordingId : undefined;
  } catch {
    return undefined;
  }
}
