import { makeStory } from "./makeStory.ts";
import { type Outcome, playStory } from "./playStory.ts";
import { openStage, type Stage } from "./stage.ts";
import { tellStory } from "./tellStory.ts";

export interface ChaosOptions {
  runs: number;
  /** Of the first run; each next run has the next one. */
  seed: number;
  /** No run is begun after this long. */
  minutes?: number;
  say: (line: string) => void;
  /** Gets what the hosts and the app say. */
  log?: (line: string) => void;
}

export type Tally = Omit<Outcome, "wrong"> & { runs: number; seconds: number; failed: number[] };

/** A stage keeps all in memory, so it is made anew after so many stories, and after each that failed. */
const storiesPerStage = 50;
const patience = 90_000;

/** Plays a story for each seed, and tells of each. @returns what was done, and the seeds that failed */
export async function runChaos({
  runs,
  seed: first,
  minutes = Infinity,
  say,
  log = () => {},
}: ChaosOptions): Promise<Tally> {
  const tally: Tally = { runs: 0, seconds: 0, failed: [], chunks: 0, bytes: 0, kills: 0, faults: 0, sweeps: 0 };
  const started = performance.now();
  let stage: Stage | undefined;
  try {
    for (let run = 0; run < runs && performance.now() - started < minutes * 60_000; run++) {
      stage ??= await openStage(log);
      const story = makeStory(first + run);
      const begun = performance.now();
      const { wrong, ...done } = await inTime(playStory(stage, story));
      for (const name of ["chunks", "bytes", "kills", "faults", "sweeps"] as const) tally[name] += done[name];
      tally.runs++;
      tally.seconds = (performance.now() - started) / 1000;
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      say(`seed ${story.seed}: ${wrong.length === 0 ? "ok" : "FAILED"}, ${seconds} s, ${told(done)}`);
      if (wrong.length > 0) {
        tally.failed.push(story.seed);
        for (const line of tellStory(story)) say(`    ${line}`);
        for (const line of wrong) say(`  WRONG ${line}`);
      }
      if (wrong.length > 0 || tally.runs % storiesPerStage === 0) {
        await stage.close();
        stage = undefined;
      }
    }
  } finally {
    await stage?.close();
  }
  return tally;
}

/** What was done, in words. */
export function told({ chunks, bytes, kills, faults, sweeps }: Omit<Outcome, "wrong">): string {
  return `${chunks} chunks, ${bytes} bytes, ${kills} kills, ${faults} faults, ${sweeps} sweeps`;
}

/** A story that does not end, or breaks, has failed like one that ends badly. */
async function inTime(playing: Promise<Outcome>): Promise<Outcome> {
  const none = { chunks: 0, bytes: 0, kills: 0, faults: 0, sweeps: 0 };
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const timer = setTimeout(() => resolve({ ...none, wrong: [`it did not end within ${patience / 1000} s`] }), patience);
  const broken = (error: unknown) => ({
    ...none,
    wrong: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  });
  return Promise.race([playing.catch(broken), promise]).finally(() => clearTimeout(timer));
}
