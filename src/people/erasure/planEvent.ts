import { hash } from "node:crypto";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { asJson } from "../../storage/asJson.ts";
import type { RowKey } from "../../storage/deleteRows.ts";
import { storageErrorCode } from "../../storage/onDemand.ts";
import { isStub, stubOf } from "../../storage/stub.ts";
import { readWhole, type WholeBlob } from "../../storage/wholeBlob.ts";
import { cameAfter } from "./cameAfter.ts";
import { contextsIn } from "./contextsIn.ts";
import { type EventLeft, eventLeft } from "./eventLeft.ts";
import { redactEvent } from "./redactEvent.ts";
import { rowsOf } from "./rowsOf.ts";
import { keep, othersIn, readEvent, tryReadEvent, type Work } from "./work.ts";

/** unreadable: archived away by a lifecycle rule; gone: not there; later: not of the erasure that is applied again. */
export type Outcome = "erased" | "redacted" | "held" | "untouched" | "gone" | "unreadable" | "later";

export interface Plan {
  blob: string;
  outcome: Outcome;
  storedAt: Date;
  /** What is to be put in its place. */
  change?: { done: "erased" | "redacted"; content: string; etag: string; before: string; after: string };
  /** Rows of the event as it is now. */
  was: RowKey[];
  /** The event as it will be, when it is one of those that were redacted. */
  is?: EventLeft;
}

/** Decides on an event, and changes nothing. */
export async function planEvent(work: Work, blob: string): Promise<Plan> {
  const nothing = { blob, storedAt: new Date(0), was: [] };
  const found = await read(blob);
  if (found === "unreadable") return { ...nothing, outcome: "unreadable" };
  if (found === undefined) return { ...nothing, outcome: "gone" };
  const { raw, whole } = found;
  if (isStub(raw)) return { ...nothing, outcome: "erased" };
  // Objects that came back were dealt with before all sweeps: what nobody changed is not of the erasure, unless it was sent before.
  const isNew = work.listed !== undefined && whole.metadata.tombstone === undefined && cameAfter(work, raw);
  if (isNew && work.ordered?.get(`events/${blob}`) === undefined) return { ...nothing, outcome: "later" };
  const { storedAt } = whole;
  const plan = { blob, storedAt, was: [] };
  const event = tryReadEvent(raw, blob);
  if (!event) {
    const mentioned = work.finder.finds(asJson(raw));
    return mentioned
      ? { ...plan, outcome: "erased", ...changed("erased", stubOf(work.id), whole) }
      : { ...plan, outcome: "untouched" };
  }
  const hold = work.held.ofEvent(event);
  const wanted = work.ordered?.get(`events/${blob}`) ?? (await judge(work, event));
  const redacted = wanted === "erased" ? undefined : redactEvent(event, work.finder);
  if (hold !== undefined) {
    const concerned = wanted === "erased" || redacted !== event.raw;
    if (concerned) keep(work, hold);
    return { ...plan, outcome: concerned ? "held" : "untouched" };
  }
  const was = rowsOf(event, blob, storedAt);
  if (redacted === undefined) return { ...plan, was, outcome: "erased", ...changed("erased", stubOf(work.id), whole) };
  const content = redacted === event.raw ? undefined : asJson(redacted);
  // Redacted before: its rows may have been kept from being written.
  if (content === undefined && whole.metadata.tombstone === undefined) return { ...plan, outcome: "untouched" };
  const left = content === undefined ? event : readEvent(JSON.parse(content), blob);
  const change = content === undefined ? {} : changed("redacted", content, whole);
  const is = eventLeft(left, blob, content ?? whole.content, storedAt);
  return { ...plan, was, is, ...change, outcome: content === undefined ? "untouched" : "redacted" };
}

/** Erased is what concerns nobody else, and belongs to nothing that others are in. */
export async function judge(work: Work, event: AcsEvent): Promise<"erased" | "redacted"> {
  const contexts = contextsIn(event);
  const alone = contexts.every((context) => work.contexts.get(context) === true);
  const names = event.entities.some((entity) => work.finder.subject.entities.includes(entity));
  if (!alone || !(names || contexts.length > 0)) return "redacted";
  return (await othersIn(event, work.finder)).length === 0 ? "erased" : "redacted";
}

async function read(blob: string): Promise<{ raw: unknown; whole: WholeBlob } | "unreadable" | undefined> {
  try {
    const whole = await readWhole("events", blob);
    return whole && { raw: JSON.parse(whole.content.toString("utf8")), whole };
  } catch (error) {
    if (storageErrorCode(error) === "BlobArchived") return "unreadable";
    throw error;
  }
}

function changed(done: "erased" | "redacted", content: string, { content: was, etag }: WholeBlob) {
  const before = hash("sha256", was);
  return { change: { done, content, etag, before, after: hash("sha256", content) } };
}
