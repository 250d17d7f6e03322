// Container `events`: each event as it was received, one immutable blob, named by the event.

import type { AcsEvent } from "../events/acsEvent.ts";
import { AcsEventsError } from "../events/errors.ts";
import { inSpan } from "../telemetry/spans.ts";
import { asJson } from "./asJson.ts";
import { container } from "./blobs.ts";
import { contentOf, reading } from "./contentOf.ts";
import { blobSegment } from "./keys.ts";
import { isStub } from "./stub.ts";
import { type Written, writeOnce } from "./writeOnce.ts";

/** Name of an event's blob: `{family}/{eventType}/{yyyy}/{MM}/{dd}/{id}.{hash}.json`, `undated` for one without a time. */
export function archiveName(event: AcsEvent): string {
  return `${event.family}/${event.name}/${dayPath(event.time)}/${blobSegment(idOf(event))}.${event.identity}.json`;
}

/** An id with fewer characters is in others by chance. */
const leastNaming = 7;

/** The event's id, without which its name is as good: one that names a person would stay when the person is erased. */
function idOf({ id, entities }: AcsEvent): string {
  const text = (id ?? "").toLowerCase();
  const names = entities.some((entity) => {
    if (!entity.startsWith("person:")) return false;
    const name = entity.slice("person:".length).replace(/^\+/, "").toLowerCase();
    return name.length >= leastNaming && text.includes(name);
  });
  return names ? "" : (id ?? "");
}

/** `yyyy/MM/dd` of an event time (UTC), or `undated`. */
export function dayPath(time: string | null): string {
  return time === null ? "undated" : time.slice(0, 10).replaceAll("-", "/");
}

/** Keeps the event as received. A second delivery finds it there. @param tombstone of the erasure that took a person out of it */
export function archive(event: AcsEvent, tombstone?: string): Promise<Written> {
  const { identity } = event;
  return inSpan("archive", { "acs_events.container": "events", "acs_events.identity": identity }, () =>
    writeOnce("events", archiveName(event), asJson(event.raw), tombstone),
  );
}

/**
 * The event of a blob of the archive, as it was received; without a person who was redacted since.
 * @throws AcsEventsError ACS_EVENTS_ERASED (410) for one that was erased
 */
export async function readArchived(blob: string): Promise<unknown> {
  const events = await container("events");
  const answer = await events.getBlockBlobClient(blob).download(0, undefined, reading());
  const event: unknown = JSON.parse((await contentOf(answer)).toString("utf8"));
  if (isStub(event)) throw new AcsEventsError("ACS_EVENTS_ERASED", "The event was erased.", { status: 410 });
  return event;
}
