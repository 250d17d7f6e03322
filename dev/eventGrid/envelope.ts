// The two envelopes Event Grid knows, and the way between them.
// Members: https://learn.microsoft.com/azure/event-grid/event-schema and …/cloud-event-schema.

type EventObject = Record<string, unknown>;
export type Schema = "eventGrid" | "cloudEvents";

export function isEventObject(value: unknown): value is EventObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An event's type in either envelope; undefined if it names none. */
export function typeOf(event: unknown): string | undefined {
  const type = isEventObject(event) ? (event.eventType ?? event.type) : undefined;
  return typeof type === "string" && type !== "" ? type : undefined;
}

/**
 * Brings an event into the given envelope and adds what Event Grid adds (topic, metadataVersion, dataVersion) where it is
 * absent. A member that is there, null included, stays as published; members of neither envelope are kept.
 */
export function toSchema(event: EventObject, schema: Schema, topic: string): EventObject {
  const isCloudEvent = "specversion" in event || "specVersion" in event;
  if (schema === "cloudEvents") return isCloudEvent ? { source: topic, ...event } : toCloudEvent({ topic, ...event });
  return { topic, dataVersion: "", metadataVersion: "1", ...(isCloudEvent ? fromCloudEvent(event) : event) };
}

function toCloudEvent(event: EventObject): EventObject {
  const { id, topic, eventType, eventTime, subject, data, dataVersion: _, metadataVersion: __, ...rest } = event;
  return defined({ id, source: topic, type: eventType, time: eventTime, subject, data, specversion: "1.0", ...rest });
}

function fromCloudEvent(event: EventObject): EventObject {
  const {
    id,
    source,
    type,
    time,
    subject,
    data,
    specversion: _,
    specVersion: __,
    datacontenttype: ___,
    ...rest
  } = event;
  return defined({ id, topic: source, eventType: type, eventTime: time, subject, data, ...rest });
}

function defined(event: EventObject): EventObject {
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));
}
