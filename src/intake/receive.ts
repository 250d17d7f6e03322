import type { InvocationContext } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { setting } from "../config.ts";
import { accept } from "../events/accept.ts";
import type { AcsEvent } from "../events/acsEvent.ts";
import type { Family } from "../events/families.ts";
import { Rejected } from "../events/rejected.ts";
import { archive } from "../storage/archive.ts";
import { raiseProblem } from "../storage/problems.ts";
import { quarantine } from "../storage/quarantine.ts";
import { index } from "../storage/timeline.ts";
import { hand } from "./hand.ts";
import { route } from "./route.ts";

/** The host starts all events of a delivery at once, up to 5,000; this many are in the corridor, so memory stays flat. */
const corridor = new Semaphore(64);

/** A recording of four hours a chunk has this many after a month and a half; more is a forged event that floods the queue. */
const maxJobs = 256;

/**
 * The way of an event through the app: accept, archive, index, route. Every step can run twice or stop halfway.
 * @returns the handler of the family's Event Grid trigger. It throws only for what a retry may cure (storage down):
 * Event Grid then delivers again. What can never be accepted is quarantined and acknowledged.
 */
export function receive(family: Family) {
  return (raw: unknown, context: InvocationContext): Promise<void> =>
    corridor.runExclusive(async () => {
      const started = performance.now();
      const event = acceptFor(family, raw);
      const outcome = event instanceof Rejected ? await refuse(raw, family, event) : await keep(event, context);
      context.log(JSON.stringify({ ...outcome, durationMs: Math.round(performance.now() - started) }));
    });
}

function acceptFor(family: Family, raw: unknown): AcsEvent | Rejected {
  try {
    const event = accept(raw, { allowedTopics: setting("ALLOWED_TOPICS") });
    if (event.family !== family) {
      const filter = `the subscription of ${family}Events lacks a filter by includedEventTypes`;
      event.warnings.push(`arrived at ${family}Events instead of ${event.family}Events: ${filter}`);
    }
    return event;
  } catch (error) {
    if (error instanceof Rejected) return error;
    throw error;
  }
}

async function keep(event: AcsEvent, context: InvocationContext) {
  const archived = await archive(event);
  await index(event, archived);
  const jobs = route(event, archived.blob);
  if (jobs.length > maxJobs) await raiseTooManyJobs(archived.blob, jobs.length);
  hand(jobs.slice(0, maxJobs), context);
  const { identity, type, family, time, warnings } = event;
  return { outcome: archived.created ? "archived" : "duplicate", identity, type, family, time, warnings };
}

function raiseTooManyJobs(blob: string, count: number): Promise<void> {
  return raiseProblem({
    kind: "tooManyJobs",
    cause: `An event asks for ${count} jobs; ${maxJobs} were handed out`,
    advice: "No event of ACS asks for so many. Look at it: if it is genuine, save what it announces by hand.",
    raw: blob,
  });
}

async function refuse(raw: unknown, family: Family, { reasons }: Rejected) {
  const { identity, created } = await quarantine(raw, family, reasons);
  const codes = reasons.map(({ code, pointer }) => `${code} ${pointer}`);
  return { outcome: created ? "quarantined" : "duplicate", identity, family, reasons: codes };
}
