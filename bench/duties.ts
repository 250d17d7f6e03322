import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startAzurite } from "../dev/azurite/startAzurite.ts";
import { startGeneratedAccount } from "./generatedAccount.ts";

const all = ["seal", "verify", "export", "retention"] as const;
/** BENCH_DUTIES names some of them, with commas: those that do not build on each other can be run side by side. */
const names = all.filter((name) => (process.env.BENCH_DUTIES?.split(",") ?? all).includes(name));
const sizes = [5_000, 40_000];
const day = 86_400_000;

/** MB that a duty may take more of 40,000 events than of 5,000, and of a million than of those. */
const bound = 60;

type Peaks = Map<(typeof all)[number], number>;

/** Sealing, verifying, exporting and ending an archive take the same memory whatever its size. */
export async function duties(): Promise<string[]> {
  const broken: string[] = [];
  const first: Peaks = new Map();
  for (const events of sizes) {
    const azurite = await startAzurite();
    try {
      await inProcess("fillProcess.ts", azurite.connectionString, [String(events)]);
      broken.push(...(await measure(azurite.connectionString, events, first)));
    } finally {
      await azurite.close();
    }
  }
  return broken;
}

/** The same over a million events that are made up as they are listed and read; BENCH_EVENTS says how many. */
export async function million(): Promise<string[]> {
  const first: Peaks = new Map();
  const broken: string[] = [];
  // With fewer than 200,000 the pages of the index are not full: 16 shards of 1,000 rows each are in memory at once.
  for (const events of [200_000, Number(process.env.BENCH_EVENTS ?? 1_000_000)]) {
    const account = await startGeneratedAccount({ events, days: 10, end: Date.now() - 3 * day });
    try {
      broken.push(...(await measure(account.connectionString, events, first)));
    } finally {
      await account.close();
    }
  }
  return broken;
}

async function measure(connectionString: string, events: number, first: Peaks): Promise<string[]> {
  const broken: string[] = [];
  for (const name of names) {
    const { done, seconds, peak } = await inProcess("dutyProcess.ts", connectionString, [name]);
    console.log(
      `  ${name.padEnd(10)} ${String(events).padStart(9)} events  ${seconds.toFixed(0).padStart(6)} s  at most ${peak.toFixed(0)} MB`,
    );
    if (done !== events) broken.push(`${name}: ${done} of ${events} events`);
    const least = first.get(name) ?? peak;
    first.set(name, least);
    if (peak > least + bound) broken.push(`${name}: ${events} events took ${(peak - least).toFixed(0)} MB more`);
  }
  return broken;
}

async function inProcess(file: string, AzureWebJobsStorage: string, args: string[]) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const env = { ...process.env, AzureWebJobsStorage, RETENTION_EVENTS_DAYS: "1" };
  // Else it grows as it likes before it collects garbage, and nothing is seen. The young generation is held too: it grows to 128 MB, which
  // leaves nothing of the cap, and half of the time goes to collections that find nothing.
  const heap = ["--max-old-space-size=128", "--max-semi-space-size=8"];
  const { stdout } = await promisify(execFile)(process.execPath, [...heap, path, ...args], { env });
  return JSON.parse(stdout || "{}") as { done: number; seconds: number; peak: number };
}
