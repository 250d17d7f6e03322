import { type ChunkRow, finalStates } from "../rows.ts";
import { quartersPassed } from "./hurry.ts";

/** Whether ACS may delete a chunk before it is saved: a quarter of the time for that is over. */
export function atRisk(row: ChunkRow): boolean {
  return !finalStates.has(row.state) && quartersPassed(row) > 0;
}
