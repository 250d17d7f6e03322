import { read, readAll } from "../../storage/ledger.ts";
import { type RunRow, runKey } from "../rows.ts";

/** The recording that was started in a call last and not stopped, by whatever name of the call it was started. */
export async function runningInCall(serverCallId: string): Promise<string | undefined> {
  let newest: RunRow | undefined;
  for await (const { row } of readAll<{ recordingId: string; startedAt: Date }>(["call", serverCallId])) {
    const run = (await read<RunRow>(runKey(row.recordingId)))?.row;
    if (run && !run.stoppedAt && !(newest && newest.startedAt > run.startedAt)) newest = run;
  }
  return newest?.recordingId;
}
