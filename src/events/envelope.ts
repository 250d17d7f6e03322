// The two envelopes in which Event Grid delivers an event: its own schema and CloudEvents 1.0.
import { parseEventTime } from "./eventTime.ts";
import { isObject, type JsonObject, jsonType } from "./json.ts";
import type { Reason } from "./rejected.ts";

export type Schema = "eventGrid" | "cloudEvents";

export interface Envelope {
  id: string | null;
  /** As received. */
  type: string;
  topic: string | null;
  subject: string | null;
  /** UTC with seven fraction digits; null for an undated event. */
  time: string | null;
  /** Undefined only while it is being refused. */
  data: JsonObject | undefined;
  schema: Schema;
}

/** What each schema calls the same things. Source: fields.md, section 1. */
const MEMBERS = {
  eventGrid: { type: "eventType", topic: "topic", time: "eventTime" },
  cloudEvents: { type: "type", topic: "source", time: "time" },
} as const;

/** The schema of a raw event: the one whose type can be used, when members of both are there. */
export function schemaOf(raw: JsonObject): Schema {
  if (isText(raw.eventType)) return "eventGrid";
  if (isText(raw.type)) return "cloudEvents";
  return "eventType" in raw || !("type" in raw || "source" in raw) ? "eventGrid" : "cloudEvents";
}

/** The members of an envelope as they are, under one name each, whatever their JSON types. */
export function membersOf(raw: JsonObject, schema: Schema) {
  const names = MEMBERS[schema];
  return { names, type: raw[names.type], topic: raw[names.topic], time: raw[names.time] };
}

/**
 * Reads the envelope of a raw event.
 *
 * Every defect becomes a reason in `reasons`; what could not be read is null (or empty) in the result. Misspelt and
 * missing `specversion` are fine, as more than half of the official CloudEvents examples misspell it.
 */
export function readEnvelope(raw: unknown, reasons: Reason[]): Envelope | undefined {
  if (!isObject(raw)) {
    reasons.push({
      code: "ACS_EVENTS_NOT_AN_EVENT",
      pointer: "",
      expected: "an event: a JSON object",
      found: jsonType(raw),
    });
    return undefined;
  }
  const schema = schemaOf(raw);
  const { names, type, topic, time } = membersOf(raw, schema);
  if (!isText(type)) {
    const found = type === "" ? "empty string" : jsonType(type);
    reasons.push({
      code: "ACS_EVENTS_NO_TYPE",
      pointer: `/${names.type}`,
      expected: "the name of an event type",
      found,
    });
  }
  return {
    id: textOrNull(raw.id, "id", reasons),
    type: isText(type) ? type : "",
    topic: textOrNull(topic, names.topic, reasons),
    subject: textOrNull(raw.subject, "subject", reasons),
    time: timeOrNull(time, names.time, reasons),
    data: dataOf(raw, reasons),
    schema,
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function textOrNull(value: unknown, name: string, reasons: Reason[]): string | null {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return null;
  reasons.push({ code: "ACS_EVENTS_WRONG_TYPE", pointer: `/${name}`, expected: "string", found: jsonType(value) });
  return null;
}

function timeOrNull(value: unknown, name: string, reasons: Reason[]): string | null {
  if (value === undefined || value === null) return null;
  const time = typeof value === "string" ? parseEventTime(value) : undefined;
  if (time !== undefined) return time;
  const found = typeof value === "string" ? "another text" : jsonType(value);
  reasons.push({
    code: "ACS_EVENTS_BAD_TIME",
    pointer: `/${name}`,
    expected: "an ISO 8601 time with Z or an offset",
    found,
  });
  return null;
}

function dataOf(raw: JsonObject, reasons: Reason[]): JsonObject | undefined {
  if (isObject(raw.data)) return raw.data;
  const found = jsonType(raw.data);
  reasons.push({ code: "ACS_EVENTS_DATA_NOT_AN_OBJECT", pointer: "/data", expected: "object", found });
  return undefined;
}
