import type { JsonObject } from "../../events/json.ts";
import type { JobPreview } from "../../intake/jobPreview.ts";
import { read } from "../../storage/ledger.ts";
import { type ErasureRow, erasureKey } from "./erasureRow.ts";

/** How the erasure of a job of queue `person-erasures` stands. */
export async function previewErasure({ erasure, turn }: JsonObject): Promise<JobPreview> {
  const row = typeof erasure === "string" ? (await read<ErasureRow>(erasureKey(erasure)))?.row : undefined;
  if (!row) return { done: true, says: "no such erasure" };
  if (row.state === "done") return { done: true, says: "already done" };
  // A job is lost only while its successor has not been: what is further than that has one of its own.
  if (row.turn > Number(turn) + 1) return { done: true, says: "the erasure is further by now" };
  return { done: false, says: "the erasure goes on" };
}
