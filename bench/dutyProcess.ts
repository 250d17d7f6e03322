// `node bench/dutyProcess.ts seal|verify|export|retention`: does one of the owner's duties on the account of AzureWebJobsStorage in a process of
// its own, and prints what it took, as JSON.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InvocationContext } from "@azure/functions";
import { exportArchive } from "../src/leaving/archive/exportArchive.ts";
import { sealNext } from "../src/proof/sealNext.ts";
import { verifyArchive } from "../src/proof/verify/verifyArchive.ts";
import { enforceRetention } from "../src/retention/enforceRetention.ts";
import { toldOf } from "../src/telemetry/tell.ts";
import { residentMemory } from "./residentMemory.ts";

/** As the app seals without a setting. */
const period = "hourly";

const duties: Record<string, () => Promise<number>> = {
  async seal() {
    let entries = 0;
    for (let sealed = await sealNext(period); sealed; sealed = await sealNext(period)) entries += sealed.entries;
    return entries;
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
    const context = { warn: console.error } as unknown as InvocationContext;
    let ended = 0;
    do {
      await enforceRetention({}, context);
      ended += Number(toldOf(context).ended);
    } while (toldOf(context).outcome !== "done");
    return ended;
  },
};

const duty = duties[process.argv[2] ?? ""];
if (!duty) throw new Error(`Duties: ${Object.keys(duties).join(", ")}.`);
const started = performance.now();
const done = await duty();
const { peak } = residentMemory(process.pid);
console.log(JSON.stringify({ done, seconds: (performance.now() - started) / 1000, peak }));
