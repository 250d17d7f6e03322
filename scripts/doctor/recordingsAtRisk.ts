import { readRows } from "../../src/recordings/readRows.ts";
import { atRisk } from "../../src/recordings/reconcile/atRisk.ts";
import { type OpenRow, openPartition } from "../../src/recordings/rows.ts";
import { readAll } from "../../src/storage/ledger.ts";
import { type Check, ok, problem } from "./finding.ts";
import { storageFailure } from "./storageFailure.ts";

/** Counts chunks of recordings that ACS may delete before they are saved, by the rule of the sweep. */
export const recordingsAtRisk: Check = {
  name: "recordings",
  look: async () => {
    try {
      let [open, late] = [0, 0];
      for await (const { row } of readAll<OpenRow>(openPartition)) {
        open++;
        late += (await readRows(row.recordingId))?.chunks.filter((chunk) => atRisk(chunk.row)).length ?? 0;
      }
      if (late === 0) return [ok(`none at risk; ${open} not settled`)];
      const says = `${late === 1 ? "a chunk is" : `${late} chunks are`} late: ACS deletes it before it is saved if nothing is done`;
      return [
        problem(says, 'curl "$APP/api/problems?kind=recordingLate" says why; docs/incidents/recordings-at-risk.md'),
      ];
    } catch (error) {
      return [storageFailure(error, "table", "read the ledger")];
    }
  },
};
