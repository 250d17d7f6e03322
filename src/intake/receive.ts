import type { InvocationContext } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { setting } from "../config.ts";
import type { AcsEvent } from "../events/acsEvent.ts";
import type { Family } from "../events/families.ts";
import { plainPointer } from "../events/plainPointer.ts";
import { type Reason, Rejected } from "../events/rejected.ts";
import { tryAccept } from "../events/tryAccept.ts";
import { archive } from "../storage/archive.ts";
import { raiseProblem } from "../storage/problems.ts";
import { quarantine } from "../storage/quarantine.ts";
import type { Redacted } from "../storage/redacted.ts";
import { index } from "../storage/timeline.ts";
import { count, measure } from "../telemetry/metrics.ts";
import { type Told, tell } from "../telemetry/tell.ts";
import { hand } from "./hand.ts";
import type { Job } from "./jobs.ts";
import { maxJobs } from "./maxJobs.ts";
import { noteDrift } from "./noteDrift.ts";
import { noteRefused } from "./noteRefused.ts";
import { route } from "./route.ts";

/** The host starts all events of a delivery at once, up to 5,000; this many are in the corridor, so memory stays flat. */
const corridor = new Semaphore(64);

/** A call that rings does not wait behind a burst of others. */
const quickCorridor = new Semaphore(16);

/** What a family does with an archived event before its jobs are handed out; it must bear being done twice. */
export type Announce = (event: AcsEvent, blob: string, arrivedAt: Date) => Promise<void>;

/** What becomes of an event. */
type Outcome = "archived" | "duplicate" | "quarantined" | "erased";

/** Where an event comes in. */
export interface Door {
  family: Family;
  /** Topics (lower-cased) whose events are welcome; none or empty: any. */
  allowedTopics?: ReadonlySet<string>;
  announce?: Announce | undefined;
  /** What cannot wait for a job, once the event is kept; outside the corridor, so that its length holds up no other event. */
  act?: Announce | undefined;
  /** Of an event out of which a person was taken: it is kept under its former identity, so that the whole of it is not taken in any more. */
  redacted?: Redacted | undefined;
  /** Why an event that can be read does not belong here; it is quarantined for these reasons, none lets it in. */
  refuse?: (event: AcsEvent) => Reason[];
}

/** @returns the handler of the family's Event Grid trigger. It throws as takeIn does: Event Grid then delivers again. */
export function receive(family: Family, announce?: Announce, act?: Announce) {
  return async (raw: unknown, context: InvocationContext): Promise<void> => {
    const door = { family, allowedTopics: setting("ALLOWED_TOPICS"), announce, act };
    const { outcome, jobs } = await takeIn(raw, door);
    hand(jobs, context);
    tell(context, outcome);
  };
}

/**
 * The way of an event through the app: accept, archive, index, route. Every step can run twice or stop halfway. What can never be
 * accepted is quarantined.
 * @returns what became of it, for the log, and the jobs that it asks for
 * @throws only what a retry may cure (storage down)
 */
export async function takeIn(raw: unknown, door: Door): Promise<{ outcome: Told; jobs: readonly Job[] }> {
  const way = door.family === "incomingCall" ? quickCorridor : corridor;
  const arrivedAt = Date.now();
  const { act, jobs, ...told } = await way.runExclusive(async () => {
    const event = acceptAt(door, raw);
    return event instanceof Rejected
      ? { jobs: [], act: undefined, ...(await refuse(raw, door, event)) }
      : await keep(event, door, arrivedAt);
  });
  count("acs_events.events", { family: told.family, outcome: told.outcome });
  await act?.();
  return { outcome: { ...told, jobs: jobs.length }, jobs };
}

function acceptAt({ family, allowedTopics, redacted, refuse: unwelcome }: Door, raw: unknown): AcsEvent | Rejected {
  const accepted = tryAccept(raw, allowedTopics ? { allowedTopics } : {});
  if (accepted instanceof Rejected) return accepted;
  const event = { ...accepted, identity: redacted?.identity ?? accepted.identity };
  const reasons = unwelcome?.(event) ?? [];
  if (reasons.length > 0) return new Rejected(reasons);
  if (event.family !== family) {
    const filter = `the subscription of ${family}Events lacks a filter by includedEventTypes`;
    event.warnings.push(`arrived at ${family}Events instead of ${event.family}Events: ${filter}`);
  }
  return event;
}

async function keep(event: AcsEvent, { announce, act, redacted }: Door, arrivedAt: number) {
  const archived = await archive(event, redacted?.tombstone);
  const { identity, type, family, time, warnings } = event;
  if (archived.tombstone !== undefined) {
    // It says again what somebody had erased.
    return { outcome: "erased" as const, identity, type, family, jobs: [], act: undefined };
  }
  await index(event, archived);
  await announce?.(event, archived.blob, archived.storedAt);
  const jobs = route(event, archived.blob);
  if (jobs.length > maxJobs) await raiseTooManyJobs(archived.blob, jobs.length);
  const outcome: Outcome = archived.created ? "archived" : "duplicate";
  const delayMs = time === null ? undefined : Math.max(0, arrivedAt - Date.parse(time));
  if (archived.created && delayMs !== undefined) measure("acs_events.event_delay", delayMs, { family });
  return {
    ...{ outcome, identity, type, family, delayMs, warnings: warnings.length, jobs: jobs.slice(0, maxJobs) },
    async act() {
      await act?.(event, archived.blob, archived.storedAt);
      await noteDrift(event, archived);
    },
  };
}

function raiseTooManyJobs(blob: string, count: number): Promise<void> {
  return raiseProblem({
    kind: "tooManyJobs",
    cause: `An event asks for ${count} jobs; ${maxJobs} were handed out`,
    advice: "No event of ACS asks for so many. Look at it: if it is genuine, save what it announces by hand.",
    raw: blob,
    source: { container: "events", blob },
  });
}

async function refuse(raw: unknown, { family, redacted }: Door, { reasons }: Rejected) {
  const { identity, created, tombstone, blob } = await quarantine(raw, family, reasons, redacted);
  if (tombstone === undefined) await noteRefused(reasons, { blob, created });
  const codes = reasons.map(({ code, pointer }) => `${code} ${plainPointer(pointer)}`.trimEnd());
  const outcome: Outcome = tombstone !== undefined ? "erased" : created ? "quarantined" : "duplicate";
  return { outcome, identity, family, reasons: codes };
}
