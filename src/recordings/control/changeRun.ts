import { changeRow } from "../../storage/changeRow.ts";
import { type RunRow, runKey } from "../rows.ts";

/**
 * Changes the row of a recording that was started here.
 * @returns the row as it is then; undefined when it was not started here
 */
export function changeRun(recordingId: string, change: (run: RunRow) => Partial<RunRow>): Promise<RunRow | undefined> {
  return changeRow<RunRow>(runKey(recordingId), (run) => run && change(run));
}
