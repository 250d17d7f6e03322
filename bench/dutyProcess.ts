// `node bench/dutyProcess.ts seal|verify|export|retention`: does one of the owner's duties on the account of AzureWebJobsStorage in a process of
// its own, and prints what it took, as JSON.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InvocationContext } from "@azure/functions";
import { exportArchive } from "../src/leaving/archive/exportArchive.ts";
import { seal } from "../src/proof/seal.ts";
import { verifyArchive } from "../src/proof/verify/verifyArchive.ts";
import { enforceRetention } from "../src/retention/enforceRetention.ts";
import { residentMemory } from "./residentMemory.ts";

/** Runs a timer function until it says that nothing is left. */
async function untilDone(
  handler: (timer: unknown, context: InvocationContext) => Promise<void>,
  left: (lines: string[]) => boolean,
): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    await handler({}, { log, warn: log } as unknown as InvocationContext);
    all.push(...lines);
    if (!left(lines)) return all;
  }
}

const duties: Record<string, () => Promise<number>> = {
  async seal() {
    const lines = await untilDone(seal, (found) => found.length > 0);
    return lines.reduce((sum, line) => sum + (JSON.parse(line) as { sealed: { entries: number } }).sealed.entries, 0);
  },
  async verify() {
    const { whole, differences } = await verifyArchive({ heads: [] }, (what) => console.error(what));
    return differences === 0 ? whole : -differences;
  },
  async export() {
    const out = await mkdtemp(join(tmpdir(), "acs-events-export-"));
    try {
      const { counts } = await exportArchive({ out, format: "jsonl" }, () => {});
      const events = Object.entries(counts).filter(([what]) => what.startsWith("events-"));
      return events.reduce((sum, [, count]) => sum + count, 0);
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  },
  async retention() {
    const lines = await untilDone(enforceRetention, (found) => found.some((line) => line.includes('"done":false')));
    return lines.reduce((sum, line) => sum + (JSON.parse(line) as { ended: number }).ended, 0);
  },
};

const duty = duties[process.argv[2] ?? ""];
if (!duty) throw new Error(`Duties: ${Object.keys(duties).join(", ")}.`);
const started = performance.now();
const done = await duty();
const { peak } = residentMemory(process.pid);
console.log(JSON.stringify({ done, seconds: (performance.now() - started) / 1000, peak }));
