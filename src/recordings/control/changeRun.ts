import { lostRace, read, settle } from "../../storage/ledger.ts";
import { type RunRow, runKey } from "../rows.ts";

/**
 * Changes the row of a recording that was started here.
 * @returns the row as it is then; undefined when it was not started here
 */
export async function changeRun(
  recordingId: string,
  change: (run: RunRow) => Partial<RunRow>,
): Promise<RunRow | undefined> {
  for (;;) {
    const held = await read<RunRow>(runKey(recordingId));
    if (!held) return undefined;
    const columns = change(held.row);
    try {
      await settle(runKey(recordingId), held.etag, columns);
      return { ...held.row, ...columns };
    } catch (error) {
      if (!lostRace(error)) throw error;
    }
  }
}
