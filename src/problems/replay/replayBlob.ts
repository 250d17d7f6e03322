import { Semaphore } from "async-mutex";
import type { ContainerName } from "../../storage/blobs.ts";
import { resolveProblem } from "../../storage/problems.ts";
import { quarantineProblem } from "../../storage/quarantineProblem.ts";
import { deadLetterProblem } from "../deadLetters/deadLetterProblem.ts";
import { type RawEvent, rawEvents } from "./rawEvents.ts";
import { type Replayed, replayEvent } from "./replayEvent.ts";

/** Events that are replayed at once. */
const places = new Semaphore(16);

export interface ReplayedBlob {
  events: readonly Replayed[];
  /** Why there are none: what is erased stays so, what is gone cannot be replayed. */
  none?: "erased" | "gone" | "unreadable";
  /** Something of it still needs a person. */
  left: boolean;
}

/**
 * Replays the events of a blob of container `events`, `quarantine` or `dead-letters`, and resolves its problem when nothing is left.
 * @param unless why an event is not to be replayed though it could be; undefined lets it pass
 */
export async function replayBlob(
  container: ContainerName,
  blob: string,
  commit: boolean,
  unless: (event: RawEvent) => string | undefined = () => undefined,
): Promise<ReplayedBlob> {
  const replayed = await replayEvents(container, blob, commit, unless);
  if (commit && !replayed.left) {
    if (container === "quarantine") await resolveProblem(quarantineProblem(blob));
    if (container === "dead-letters") await resolveProblem(deadLetterProblem(blob));
  }
  return replayed;
}

async function replayEvents(
  container: ContainerName,
  blob: string,
  commit: boolean,
  unless: (event: RawEvent) => string | undefined,
): Promise<ReplayedBlob> {
  const found = await rawEvents(container, blob);
  if ("none" in found) return { events: [], none: found.none, left: found.none === "unreadable" };
  const replay = async (event: RawEvent): Promise<Replayed> => {
    const why = unless(event);
    const replayed = await replayEvent(event.raw, { ...event, commit: commit && why === undefined });
    return why === undefined ? replayed : { ...replayed, outcome: "refused", reasons: [why], jobs: [] };
  };
  const events = await Promise.all(found.events.map((event) => places.runExclusive(() => replay(event))));
  // What goes from the dead letters into quarantine is a problem of its own there.
  return { events, left: container !== "dead-letters" && events.some(({ outcome }) => outcome === "refused") };
}
