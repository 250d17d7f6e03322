import { listRows } from "../../storage/listRows.ts";

/** The ids of all recordings that became known (becomeKnown.ts), month by month. */
export async function* listKnown(): AsyncGenerator<string> {
  const filter = "PartitionKey ge 'recordings:' and PartitionKey lt 'recordings;'";
  for await (const { recordingId } of listRows<{ recordingId: string }>("timeline", filter)) yield recordingId;
}
