// What goes wrong with the saving of a chunk. A chunk is known by its own id, because another event may announce it later; and it is in
// the list once: what comes later is said in place of what was said before.
import type { ProblemKind } from "../../storage/problemKinds.ts";
import { type Problem, raiseProblem, resolveProblem } from "../../storage/problems.ts";
import { resolveDamaged } from "../reconcile/damageProblems.ts";
import type { ChunkRow } from "../rows.ts";

interface Trouble {
  kind: ProblemKind;
  cause: string;
}

export const late = (quarters: number): Trouble => ({
  kind: "recordingLate",
  cause: `A chunk of a recording is not archived after ${quarters * 25} % of the time that ACS keeps it`,
});
export const expired: Trouble = {
  kind: "recordingExpired",
  cause: "ACS does not have a recording any more: its time was over before it was archived",
};
export const failed: Trouble = { kind: "recordingFailed", cause: "A recording cannot be archived" };
const metadataLost: Trouble = {
  kind: "recordingMetadataLost",
  cause: "The metadata of a recording could not be had before its time was over",
};

export async function raiseChunk(row: ChunkRow, trouble: Trouble, advice: string): Promise<void> {
  await raiseProblem({ ...trouble, ...about(row), advice });
  for (const other of troublesOf(row)) {
    if (other.cause !== trouble.cause) await resolveProblem({ ...other, raw: rawOf(row) });
  }
}

/** Says that a chunk's metadata file cannot be had any more. */
export function raiseMetadataLost(row: ChunkRow): Promise<void> {
  const advice = "Participants and pauses of this chunk are not known. Its content is kept if ACS still has it.";
  return raiseProblem({ ...metadataLost, ...about(row), advice });
}

/** The chunk is archived: what was said of its way there is over. One that came at the first try had no trouble. */
export async function resolveChunk(row: ChunkRow): Promise<void> {
  if (row.turn === 0) return;
  const over = [...troublesOf(row), ...(row.metadata ? [metadataLost] : [])];
  for (const trouble of over) await resolveProblem({ ...trouble, raw: rawOf(row) });
  if (!row.damaged) await resolveDamaged(row);
}

/** What may have been said of a chunk so far. */
function troublesOf({ alerted = 0 }: ChunkRow): Trouble[] {
  return [...Array.from({ length: alerted }, (_, index) => late(index + 1)), failed, expired];
}

function about(row: ChunkRow): Pick<Problem, "raw" | "source" | "about"> {
  return {
    raw: rawOf(row),
    source: { container: "events", blob: row.event },
    about: `recordings/${encodeURIComponent(row.recordingId)}`,
  };
}

function rawOf({ recordingId, documentId }: ChunkRow): string {
  return `recording ${recordingId}, chunk ${documentId}`;
}
