// Container `quarantine`: what could not be accepted, whole, with the reasons. Nothing that reaches a function is dropped.

import { parseEventTime } from "../events/eventTime.ts";
import type { Family } from "../events/families.ts";
import { identityOf } from "../events/identity.ts";
import type { Reason } from "../events/rejected.ts";
import { inSpan } from "../telemetry/spans.ts";
import { dayPath } from "./archive.ts";
import { asJson } from "./asJson.ts";
import { blobSegment } from "./keys.ts";
import type { Redacted } from "./redacted.ts";
import { putArrived } from "./timeline.ts";
import { type Written, writeOnce } from "./writeOnce.ts";

/** Keeps an event that was refused by the function of `family`, under its identity, so that a redelivery finds it there. */
export async function quarantine(
  raw: unknown,
  family: Family,
  reasons: readonly Reason[],
  redacted?: Redacted,
): Promise<Written & { identity: string }> {
  const identity = redacted?.identity ?? identityOf(raw);
  const { id, time } = labels(raw);
  const blob = `${family}/${dayPath(time)}/${blobSegment(id)}.${identity}.json`;
  const content = `{"reasons":${JSON.stringify(reasons)},"receivedBy":"${family}Events","event":${asJson(raw)}}`;
  const where = { "acs_events.container": "quarantine", "acs_events.identity": identity };
  const written = await inSpan("quarantine", where, () => writeOnce("quarantine", blob, content, redacted?.tombstone));
  if (written.tombstone === undefined) {
    const reason = reasons[0]?.code ?? "";
    await putArrived("quarantine", identity, written, { blob, family, reason });
  }
  return { ...written, identity };
}

/** What the blob's name shows of an event of any shape. */
function labels(raw: unknown): { id: string; time: string | null } {
  const { id, eventTime, time } = (typeof raw === "object" && raw !== null ? raw : {}) as Record<string, unknown>;
  const stamp = eventTime ?? time;
  return {
    id: typeof id === "string" && !namesSomebody(id, raw) ? id : "",
    time: (typeof stamp === "string" && parseEventTime(stamp)) || null,
  };
}

/** Whether an id seems to name a person of its event: an address, a raw id, a number that stands in the event too. */
function namesSomebody(id: string, raw: unknown): boolean {
  if (/@|\d:[a-z]+:|\+\d{7}/i.test(id)) return true;
  const numbers = id.match(/\d{7,15}/g) ?? [];
  const text = numbers.length > 0 ? asJson(raw) : "";
  return numbers.some((number) => text.includes(`"${number}"`) || text.includes(`+${number}`));
}
