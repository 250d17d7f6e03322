import type { Fault } from "../acsSimulator/faults.ts";
import { type Random, randomOf } from "./random.ts";
import type { Delivery, Story, StoryChunk, Trouble } from "./story.ts";

const KiB = 1024;
const MiB = 1024 * KiB;

/** More tries than these can fail would poison a job, as they should: five is all that a message has. */
const maxTroubles = 4;

/** The story of a seed. */
export function makeStory(seed: number): Story {
  const random = randomOf(seed);
  const recordingId = `chaos-${seed}`;
  const chunks = makeChunks(random, recordingId);
  const events = makeEvents(random, chunks.length);
  return {
    seed,
    recordingId,
    chunks,
    events,
    deliveries: makeDeliveries(random, events.length),
    faults: random.chance(0.7) ? chunks.flatMap((chunk) => makeFaults(random, chunk)) : [],
    troubles: makeTroubles(random),
  };
}

function makeChunks(random: Random, recordingId: string): StoryChunk[] {
  const count = random.pick([1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6]);
  const own = random.chance(0.07);
  const gone = random.chance(0.06) ? random.int(0, count - 1) : undefined;
  return Array.from({ length: count }, (_, index) => ({
    documentId: `${recordingId}-d${index}`,
    index,
    bytes: sizeOf(random),
    // Of a failed export the event has locations of ACS.
    kind:
      own && random.chance(0.8) ? "own" : index === gone || (gone !== undefined && random.chance(0.3)) ? "gone" : "acs",
  }));
}

/** Mostly small; some have several blocks of 8 MiB, and some end where a block does. */
function sizeOf(random: Random): number {
  const kind = random.int(1, 100);
  if (kind <= 60) return random.int(1, 100 * KiB);
  if (kind <= 86) return random.int(100 * KiB, MiB);
  if (kind <= 93) return 8 * MiB * random.pick([1, 1, 2]) + random.int(-1, 1);
  return random.int(8 * MiB, 20 * MiB);
}

/** One event for all, one for each, or something between; sometimes a last one that names all again. */
function makeEvents(random: Random, count: number): number[][] {
  const events: number[][] = [];
  for (const index of random.shuffle([...Array(count).keys()])) {
    const last = events.at(-1);
    if (last && random.chance(0.6)) last.push(index);
    else events.push([index]);
  }
  if (random.chance(0.1)) events.push([...Array(count).keys()]);
  return events;
}

/** Every event at least once, in any order; some are repeated, some come to both instances at once. */
function makeDeliveries(random: Random, events: number): Story["deliveries"] {
  const numbers = [...Array(events).keys()];
  const again = numbers.filter(() => random.chance(0.4));
  const deliveries: Story["deliveries"] = [];
  for (const event of random.shuffle([...numbers, ...again])) {
    const instance = random.int(0, 1);
    const delivery: Delivery[] = [{ event, instance }];
    if (random.chance(0.3)) delivery.push({ event, instance: 1 - instance });
    const last = deliveries.at(-1);
    if (last && random.chance(0.4)) last.together.push(...delivery);
    else deliveries.push({ together: delivery, rest: random.chance(0.3) });
  }
  return deliveries;
}

function makeFaults(random: Random, { documentId, bytes, kind }: StoryChunk): Fault[] {
  if (kind === "own") return [];
  const faults: Fault[] = [];
  // What goes on in the middle of a file is told by large ones.
  const large = bytes > 8 * MiB;
  while (random.chance(large ? 0.75 : 0.4) && faults.length < 4) {
    const what = random.chance(large ? 0.9 : 0.75) ? "content" : "metadata";
    const fault = random.pick([
      ...(["cut", "cut", "cut", "503", "503html", "htmlError", "500", "429"] as const),
      ...(["redirect", "empty", "truncated", "404", "401", "slow"] as const),
    ]);
    faults.push({
      kind: what,
      fault,
      documentId,
      times: random.int(1, fault === "slow" ? 1 : fault === "404" || fault === "401" ? 4 : 2),
      ...(fault === "cut" && what === "content" ? { afterBytes: random.int(0, bytes) } : {}),
      ...(fault === "slow" ? { bytesPerSecond: Math.max(64 * KiB, bytes * random.int(1, 4)) } : {}),
    });
  }
  return faults;
}

function makeTroubles(random: Random): Trouble[] {
  const troubles: Trouble[] = [];
  // A story makes some fifty to two hundred requests; what is to come after its last one does not come.
  const at = () => random.int(1, random.pick([20, 60, 120]));
  while (random.chance(0.35) && troubles.length < maxTroubles) {
    troubles.push({ at: at(), what: "kill", instance: random.int(0, 1), when: random.pick(["asked", "answered"]) });
  }
  while (random.chance(0.3) && troubles.length < maxTroubles) {
    const service = random.pick(["Blob", "Blob", "Table", "Table", "Queue"]);
    const fault = random.pick(["closed", "unavailable", "lost"]);
    troubles.push({ at: at(), what: "storage", service, fault, requests: random.int(1, 5) });
  }
  if (random.chance(0.12)) troubles.push({ at: at(), what: "purge" });
  if (random.chance(0.12)) troubles.push({ at: at(), what: "sweep" });
  return troubles.sort((a, b) => a.at - b.at);
}
