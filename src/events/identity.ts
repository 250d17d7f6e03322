import { hash } from "node:crypto";
import { canonicalJson } from "./canonicalJson.ts";
import { membersOf, schemaOf } from "./envelope.ts";
import { parseEventTime } from "./eventTime.ts";
import { isObject } from "./json.ts";

/**
 * The identity of an event: SHA-256 (hex) over source, type, id, subject, time and data as received, in canonical form.
 *
 * The same for both envelopes and for every redelivery: what Event Grid adds on the way (dead-letter fields, dataVersion)
 * is left out, letter case of topic and type does not count. Works for whatever JSON arrives, as what is refused needs a
 * name too: something without a type is identified by all of itself.
 */
export function identityOf(raw: unknown): string {
  return hash("sha256", canonicalJson(isObject(raw) ? essence(raw) : raw));
}

function essence(raw: Record<string, unknown>): unknown {
  const { type, topic, time } = membersOf(raw, schemaOf(raw));
  if (typeof type !== "string" || type === "") return raw;
  const normalTime = typeof time === "string" ? (parseEventTime(time) ?? time) : time;
  return [lower(topic), type.toLowerCase(), raw.id, raw.subject, normalTime, raw.data];
}

function lower(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}
