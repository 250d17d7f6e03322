// Reads what Event Grid wrote to container `dead-letters`, and puts it on the list of problems, each blob once. Nothing is deleted.
//
//   subscriptions ──► hours from the cursor on ──► blobs that are not marked ──► taken ──► marked ──► cursor
//                       and some before it: a blob may come late      a crash anywhere does it again, which changes nothing
import type { InvocationContext } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { put, read, readAll, type WorkKey } from "../../storage/ledger.ts";
import { listBlobs, listFolder } from "../../storage/listBlobs.ts";
import { failureOf } from "../../telemetry/failureOf.ts";
import { count } from "../../telemetry/metrics.ts";
import { tell } from "../../telemetry/tell.ts";
import { hoursOf } from "./deadLetterHours.ts";
import { lookAgain } from "./lookAgain.ts";
import { openLetterKey } from "./openLetters.ts";
import { type Looked, raiseStray, takeLetters } from "./takeLetters.ts";

/** Milliseconds after which a run begins nothing more, in all and for one subscription; the next one goes on. */
const [budget, share] = [4 * 60_000, 60_000];

/** Event Grid tries to write a blob for four hours (https://learn.microsoft.com/azure/event-grid/manage-event-delivery). */
const lookBack = 6 * 3_600_000;

/** Blobs that are looked at together. */
const places = new Semaphore(8);

/** Blobs astray on the top level that a run looks at. */
const maxAstray = 100;

type Cursor = { hour: Date };
type Partition = readonly [kind: string, ...ids: string[]];

export interface Run {
  context: InvocationContext;
  counts: { collected: number; open: number; resolved: number; failed: number };
  /** As of performance.now(). */
  end: number;
}

/** Handles the timer. */
export async function collectDeadLetters(_timer: unknown, context: InvocationContext): Promise<void> {
  const counts = { collected: 0, open: 0, resolved: 0, failed: 0 };
  const run: Run = { context, counts, end: performance.now() + budget };
  const subscriptions: string[] = [];
  const astray: string[] = [];
  for await (const name of listFolder("dead-letters", "")) {
    if (name.endsWith("/")) subscriptions.push(name);
    else if (astray.length < maxAstray) astray.push(name);
  }
  // Each run begins with another, so that one with much to do keeps none of the others waiting for ever.
  const first = Math.floor(Date.now() / 300_000) % Math.max(subscriptions.length, 1);
  for (const subscription of [...subscriptions.slice(first), ...subscriptions.slice(0, first)]) {
    if (performance.now() < run.end) await collect(subscription, run);
  }
  for (const blob of astray) await takeStray(blob, run);
  await lookAgain(run);
  tell(context, counts);
}

async function collect(subscription: string, run: Run): Promise<void> {
  const key: WorkKey = ["deadLetterHour", subscription, ""];
  const cursor = (await read<Cursor>(key))?.row.hour.getTime();
  const end = Math.min(run.end, performance.now() + share);
  let failed = false;
  for await (const found of hoursOf(subscription, cursor === undefined ? 0 : cursor - lookBack)) {
    if (performance.now() > end) return;
    if ("stray" in found) {
      await takeStray(found.stray, run);
      continue;
    }
    const collected = await collectHour(found.folder, run, end);
    if (collected === "in part") return;
    failed ||= collected === "failed";
    // An hour to come, which nobody but a forger writes to, must not hide those until then.
    const hour = Math.min(found.begin, Date.now());
    // What failed is tried again, and keeps nothing that came later from being collected.
    if (!failed && hour > (cursor ?? 0)) await put(key, { hour: new Date(hour) });
  }
}

async function collectHour(folder: string, run: Run, end: number): Promise<"whole" | "in part" | "failed"> {
  const { failed } = run.counts;
  for await (const names of listBlobs("dead-letters", folder)) {
    const marked = await markedAmong(folder, names);
    const left = names.filter((name) => !marked.has(name));
    const taken = left.map((name) =>
      places.runExclusive(async () => {
        if (performance.now() > end) return false;
        await take(["deadLetter", folder], name.slice(folder.length), () => takeLetters(name), run);
        return true;
      }),
    );
    if (!(await Promise.all(taken)).every(Boolean)) return "in part";
  }
  return run.counts.failed > failed ? "failed" : "whole";
}

async function markedAmong(folder: string, names: readonly string[]): Promise<Set<string>> {
  const [first, last] = [names[0]?.slice(folder.length), names.at(-1)?.slice(folder.length)];
  const marked = new Set<string>();
  if (first === undefined || last === undefined) return marked;
  const rows = readAll<{ name: string }>(["deadLetter", folder], { first, last });
  for await (const { row } of rows) marked.add(folder + row.name);
  return marked;
}

async function takeStray(blob: string, run: Run): Promise<void> {
  if (!(await read(["deadLetterAstray", blob]))) await take(["deadLetterAstray"], blob, () => raiseStray(blob), run);
}

/** Looks at a blob and marks it. The trouble of one keeps no other from being looked at. */
async function take(partition: Partition, name: string, look: () => Promise<Looked>, run: Run): Promise<void> {
  try {
    const { open, taken = "" } = await look();
    if (open) {
      run.counts.open++;
      const blob = partition.slice(1).join("") + name;
      await put(openLetterKey(blob), { blob, taken });
    }
    await put([...partition, name], { name, at: new Date() });
    run.counts.collected++;
    count("acs_events.dead_letters", {});
  } catch (error) {
    run.counts.failed++;
    run.context.warn(`a dead letter could not be looked at: ${failureOf(error)}`);
  }
}
