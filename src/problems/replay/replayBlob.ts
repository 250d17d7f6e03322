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

export interface How {
  commit: boolean;
  /** Which of its events are meant; all, if nothing is said. */
  only?: (event: RawEvent) => boolean;
  /** Why an event is not to be replayed though it could be; undefined lets it pass. */
  unless?: (event: RawEvent) => string | undefined;
}

/** Replays the events of a blob of container `events`, `quarantine` or `dead-letters`; resolves its problem when nothing is left. */
export async function replayBlob(container: ContainerName, blob: string, how: How): Promise<ReplayedBlob> {
  const replayed = await replayEvents(container, blob, how);
  if (how.commit && !replayed.left) {
    if (container === "quarantine") await resolveProblem(quarantineProblem(blob));
    if (container === "dead-letters") await resolveProblem(deadLetterProblem(blob));
  }
  return replayed;
}

async function replayEvents(container: ContainerName, blob: string, how: How): Promise<ReplayedBlob> {
  const { commit, only = () => true, unless = () => undefined } = how;
  const found = await rawEvents(container, blob);
  if ("none" in found) return { events: [], none: found.none, left: found.none === "unreadable" };
  const wanted = found.events.filter(only);
  let held = wanted.length < found.events.length;
  const replay = async (event: RawEvent): Promise<Replayed> => {
    const why = unless(event);
    const replayed = await replayEvent(event, commit && why === undefined);
    if (why === undefined) return replayed;
    held = true;
    return { ...replayed, outcome: "refused", reasons: [why], jobs: [] };
  };
  const events = await Promise.all(wanted.map((event) => places.runExclusive(() => replay(event))));
  // What goes from the dead letters into quarantine is a problem of its own there.
  const stays = container !== "dead-letters" && events.some(({ outcome }) => outcome === "refused");
  return { events, left: held || stays };
}
