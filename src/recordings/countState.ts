import { count } from "../telemetry/metrics.ts";
import type { ChunkState } from "./rows.ts";

/**
 * Counts that a chunk came to a state, once that is written.
 * @param before the state it was in, if it was there; one that stays in its state comes to none
 */
export function countState(state: ChunkState, before?: ChunkState): void {
  if (state !== before) count("acs_events.recordings", { state });
}
