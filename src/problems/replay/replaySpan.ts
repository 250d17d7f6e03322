// All that came in a span of time, or was dead-lettered in it, once more: in streams, so that memory does not grow with it.
import { AcsEventsError } from "../../events/errors.ts";
import { type Family, families } from "../../events/families.ts";
import type { ContainerName } from "../../storage/blobs.ts";
import { inFlight } from "../../storage/inFlight.ts";
import { listBlobs, listFolder } from "../../storage/listBlobs.ts";
import { problemId } from "../../storage/problems.ts";
import { quarantineProblem } from "../../storage/quarantineProblem.ts";
import { walkArrived } from "../../storage/walkArrived.ts";
import { hoursOf } from "../deadLetters/deadLetterHours.ts";
import { deadLetterProblem } from "../deadLetters/deadLetterProblem.ts";
import { isDismissed } from "./isDismissed.ts";
import type { RawEvent } from "./rawEvents.ts";
import { type ReplayedBlob, replayBlob } from "./replayBlob.ts";
import { type Asked, noteReplay } from "./replayRecord.ts";
import { beginTally } from "./tally.ts";
import { typeIn } from "./typeIn.ts";
import { typesIn } from "./typesIn.ts";

export interface Span {
  source: "archive" | "quarantine" | "deadLetters";
  /** When it arrived here, or was dead-lettered: `from` included, `to` not; milliseconds since 1970. */
  from: number;
  to: number;
  family?: Family | undefined;
  /** An event type, with or without its namespace. */
  type?: string | undefined;
  commit: boolean;
  /** Also what a person dismissed. */
  dismissed?: boolean;
  /** Why an event is not to be replayed though it could be; undefined lets it pass. */
  unless?: (event: RawEvent) => string | undefined;
}

export type SpanItem = ReplayedBlob & { container: ContainerName; blob: string; error?: AcsEventsError };

/** Outcomes that changed something. */
const taken: ReadonlySet<string> = new Set(["accepted", "again"]);

/** Blobs at once. */
const places = 8;

/**
 * Replays a span of time, blob by blob. Running it again changes nothing but what was not done.
 * @throws what storage throws when it is down
 */
export async function* replaySpan(span: Span, asked: Asked): AsyncGenerator<SpanItem> {
  const { source } = span;
  const container = ({ archive: "events", quarantine: "quarantine", deadLetters: "dead-letters" } as const)[source];
  const types = typesIn(span);
  const blobs = source === "deadLetters" ? lettersIn(span) : arrivedIn(span);
  const items = inFlight(blobs, places, async (blob): Promise<SpanItem> => {
    try {
      return { container, blob, ...(await replayOne(container, blob, span, asked)) };
    } catch (error) {
      // What keeps one event from being taken in, as a setting, may let others pass.
      if (error instanceof AcsEventsError) return { container, blob, events: [], left: true, error };
      throw error;
    }
  });
  for await (const item of items) {
    types.note(item.events);
    yield item;
  }
  await types.settle();
}

async function replayOne(container: ContainerName, blob: string, span: Span, asked: Asked): Promise<ReplayedBlob> {
  const { commit, family, type, unless } = span;
  if (!span.dismissed && (await isDismissed(container, blob))) return { events: [], none: "dismissed", left: false };
  const wanted = type && nameOf(type);
  const only = (event: RawEvent) =>
    (!wanted || nameOf(typeIn(event.raw)) === wanted) &&
    (!family || container !== "dead-letters" || event.family === family);
  const replayed = await replayBlob(container, blob, { commit, only, ...(unless && { unless }) });
  const about = container === "quarantine" ? quarantineProblem : deadLetterProblem;
  if (commit && container !== "events" && replayed.events.some(({ outcome }) => taken.has(outcome))) {
    const tally = beginTally();
    tally.add(replayed.events);
    await noteReplay(problemId(about(blob)), asked, tally.text());
  }
  return replayed;
}

async function* arrivedIn({ source, from, to, family, type }: Span): AsyncGenerator<string> {
  const ofFamily = family ? [family] : families;
  for await (const row of walkArrived(source === "archive" ? ofFamily : ["quarantine"], { from, to })) {
    if (source === "quarantine" && family && row.family !== family) continue;
    if (source === "archive" && type && nameOf(row.type ?? "") !== nameOf(type)) continue;
    yield row.blob;
  }
}

async function* lettersIn({ from, to }: Span): AsyncGenerator<string> {
  for await (const subscription of listFolder("dead-letters", "")) {
    if (!subscription.endsWith("/")) continue;
    for await (const found of hoursOf(subscription, from)) {
      if ("stray" in found) continue;
      if (found.begin >= to) break;
      for await (const names of listBlobs("dead-letters", found.folder)) yield* names;
    }
  }
}

/** A type as its name is compared: without namespace, letter case ignored. */
function nameOf(type: string): string {
  return type.replace(/^Microsoft\.Communication\./i, "").toLowerCase();
}
