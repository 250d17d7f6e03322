import type { RecordingLocations } from "../acsSimulator/recordingStore.ts";
import { deliver, eventsOf } from "./announce.ts";
import { type Asked, checkFetches } from "./checkFetches.ts";
import { checkRecording } from "./checkRecording.ts";
import type { Stage } from "./stage.ts";
import { startTroubles } from "./startTroubles.ts";
import { expires, type Story } from "./story.ts";

const minute = 60_000;
/** What passes before each sweep. After six hours a chunk would be late: a story that lets none expire must be over before. */
const calm = [0, ...Array<number>(20).fill(16 * minute)];
const untilExpired = [0, 16 * minute, 25 * 60 * minute, ...Array<number>(4).fill(16 * minute)];

export interface Outcome {
  /** What is not as it must be; empty when all is well. */
  wrong: string[];
  chunks: number;
  bytes: number;
  kills: number;
  /** Faults of ACS and of storage that a request met. */
  faults: number;
  sweeps: number;
}

/** Plays a story to its end, and looks at what became of its recording. */
export async function playStory(stage: Stage, story: Story): Promise<Outcome> {
  const { stack, store } = stage;
  const { recordingId, chunks } = story;
  const sources = new Map<string, string>();
  const locations = new Map<number, RecordingLocations>();
  for (const { documentId, index, bytes, kind } of chunks) {
    if (kind === "own") continue;
    const { sha256, ...where } = await stack.acs.addRecording({ documentId, bytes, seed: documentId });
    sources.set(documentId, sha256);
    locations.set(index, where);
    if (kind === "gone") {
      await stage.simulator("POST", "faults", { kind: "content", fault: "404", documentId, times: 1_000_000 });
    }
  }
  for (const fault of story.faults) await stage.simulator("POST", "faults", fault);
  const events = eventsOf(story, locations, stage.now());

  const troubles = startTroubles(stage, story);
  for (const { together, rest } of story.deliveries) {
    await Promise.all(together.map(({ event, instance }) => deliver(stage, events[event], instance)));
    if (rest) await stack.idle();
  }
  await stack.idle();

  let sweeps = 0;
  for (const passing of expires(story) ? untilExpired : calm) {
    await stage.pass(passing);
    // A sweep that fails, or that is killed, is followed by another.
    await stack.host.runTimer("reconcileRecordings").catch(() => {});
    await stack.idle();
    if (sweeps++ === 0) await troubles.end();
    if ((await store.ledger("open:recording", recordingId)).length === 0) break;
  }

  const asked = (await stage.simulator<Asked[]>("GET", "recordings")) ?? [];
  const met = (await stage.simulator<{ times?: number; left: number }[]>("GET", "faults")) ?? [];
  await stage.simulator("DELETE", "faults");
  const wrong = await checkRecording(stage, story, sources);
  for (const { documentId, bytes } of chunks) {
    const one = asked.find((chunk) => chunk.documentId === documentId);
    if (one) wrong.push(...checkFetches(one, bytes, troubles));
  }
  return {
    wrong,
    chunks: chunks.length,
    bytes: chunks.reduce((sum, { bytes }) => sum + bytes, 0),
    kills: troubles.kills.length,
    faults: troubles.spoilt() + met.reduce((sum, { times = 1, left }) => sum + times - left, 0),
    sweeps,
  };
}
