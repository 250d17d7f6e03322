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
  none?: "erased" | "gone" | "unreadable" | "dismissed";
  /** Something of it still needs a person. */
  left: boolean;
  /** Where to go on: the time was over. */
  next?: Place;
}

/** An event of a blob, as long as the blob has so many. */
export type Place = { index: number; of: number };

export interface How {
  commit: boolean;
  /** Which of its events are meant; all, if nothing is said. */
  only?: (event: RawEvent) => boolean;
  /** Why an event is not to be replayed though it could be; undefined lets it pass. */
  unless?: (event: RawEvent) => string | undefined;
  /** When to stop, as of performance.now(); one event is replayed in any case. */
  end?: number;
  /** Where the last replay stopped. */
  from?: Place | undefined;
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
  const { commit, only = () => true, unless = () => undefined, end = Number.POSITIVE_INFINITY, from } = how;
  const found = await rawEvents(container, blob);
  if ("none" in found) return { events: [], none: found.none, left: found.none === "unreadable" };
  const of = found.events.length;
  const first = from?.of === of ? from.index : 0;
  const wanted = found.events.slice(first).filter(only);
  let held = wanted.length < of - first;
  const replay = async (event: RawEvent): Promise<Replayed> => {
    const why = unless(event);
    const replayed = await replayEvent(event, commit && why === undefined);
    if (why === undefined) return replayed;
    held = true;
    return { ...replayed, outcome: "refused", reasons: [why], jobs: [] };
  };
  // They are begun in their order, so that those for which there was no time are the last ones.
  const inTime = async (event: RawEvent, index: number) =>
    index > 0 && performance.now() > end ? undefined : replay(event);
  const done = await Promise.all(wanted.map((event, index) => places.runExclusive(() => inTime(event, index))));
  const events = done.filter((one) => one !== undefined);
  if (events.length < wanted.length) return { events, left: true, next: { index: first + events.length, of } };
  // What goes from the dead letters into quarantine is a problem of its own there.
  const stays = container !== "dead-letters" && events.some(({ outcome }) => outcome === "refused");
  return { events, left: held || stays };
}
