// Container `events`: each event as it was received, one immutable blob, named by the event.

import type { AcsEvent } from "../events/acsEvent.ts";
import { asJson } from "./asJson.ts";
import { container } from "./blobs.ts";
import { blobSegment } from "./keys.ts";
import { inTime } from "./onDemand.ts";
import { type Written, writeOnce } from "./writeOnce.ts";

/** Name of an event's blob: `{family}/{eventType}/{yyyy}/{MM}/{dd}/{id}.{hash}.json`, `undated` for one without a time. */
export function archiveName(event: AcsEvent): string {
  return `${event.family}/${event.name}/${dayPath(event.time)}/${blobSegment(event.id ?? "")}.${event.identity}.json`;
}

/** `yyyy/MM/dd` of an event time (UTC), or `undated`. */
export function dayPath(time: string | null): string {
  return time === null ? "undated" : time.slice(0, 10).replaceAll("-", "/");
}

/** Keeps the event as received. A second delivery finds it there. */
export function archive(event: AcsEvent): Promise<Written> {
  return writeOnce("events", archiveName(event), asJson(event.raw));
}

/** The event of a blob of the archive, as it was received. */
export async function readArchived(blob: string): Promise<unknown> {
  const events = await container("events");
  const content = await events.getBlockBlobClient(blob).downloadToBuffer(0, undefined, { abortSignal: inTime() });
  return JSON.parse(content.toString("utf8"));
}
