import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startAzurite } from "../dev/azurite/startAzurite.ts";
import { fillArchive } from "./fillArchive.ts";

/** How much more memory (MB) more events may take. */
const flat = 60;

/** The memory of an export does not grow with the number of events: 5,000 and 40,000 in Azurite, a million through the same code. */
export async function leaving(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "acs-events-bench-"));
  const azurite = await startAzurite({ dir: join(folder, "azurite") });
  process.env.AzureWebJobsStorage = azurite.connectionString;
  try {
    const peaks: number[] = [];
    let filled = 0;
    for (const events of [5_000, 40_000]) {
      await fillArchive({ events: events - filled, days: 10, end: new Date(), first: filled });
      filled = events;
      peaks.push(await peakOf(events, [join(folder, String(events))]));
    }
    for (const events of [100_000, 1_000_000]) {
      peaks.push(await peakOf(events, [join(folder, String(events)), String(events)]));
    }
    const [small = 0, ...others] = peaks;
    return others.flatMap((peak) =>
      peak <= small + flat ? [] : [`${peak.toFixed(0)} MB instead of ${small.toFixed(0)}`],
    );
  } finally {
    await azurite.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function peakOf(events: number, args: string[]): Promise<number> {
  const started = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, ["bench/exportRun.ts", ...args], { maxBuffer: 1e8 });
  const { counts, peak } = JSON.parse(stdout) as { counts: Record<string, number>; peak: number };
  const found = Object.entries(counts).filter(([name]) => name.startsWith("events-"));
  const lines = found.reduce((sum, [, count]) => sum + count, 0);
  const seconds = (performance.now() - started) / 1000;
  console.log(`  ${events} events: ${lines} exported in ${seconds.toFixed(0)} s, at most ${peak.toFixed(0)} MB`);
  if (lines !== events) throw new Error(`${lines} events were exported instead of ${events}.`);
  return peak;
}
