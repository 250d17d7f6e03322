// The vocabulary in which event types describe their members. `text`, `time` and `amount` are members that
// the app reads: another JSON type there is refused. `documented` members are only kept: any JSON type is accepted,
// their static type is unknown, and an unusual type becomes a warning.
import type { TObject, TOptional, TProperties, TUnsafe } from "typebox";
import * as Type from "typebox";

export function text(description: string, ...examples: string[]) {
  return Type.String(examples.length > 0 ? { description, examples } : { description });
}

/** A time as text: ISO 8601 with Z or an offset, up to seven fraction digits; placeholders in samples are legal. */
export function time(description: string) {
  return Type.String({ description, examples: ["2026-11-20T09:30:00.1234567Z"] });
}

/** A number. JSON knows no integers: a duration may come as 15000.0, or with a fraction of a millisecond. */
export function amount(description: string) {
  return Type.Number({ description });
}

export type DocumentedType = "string" | "number" | "boolean" | "object" | "array" | "any";

/** `parts` are the documented members of the object, or of each element of the array. */
export function documented(type: DocumentedType, description: string, parts?: TProperties): TUnsafe<unknown> {
  return Type.Unsafe<unknown>({ description, documented: type, ...(parts && { parts }) });
}

/** A nested object all of whose members may be absent. */
export function members<P extends TProperties>(description: string, properties: P) {
  return Type.Object(allOptional(properties), { description });
}

/** As `members`, where the sender may add members of its own. */
export function openMembers<P extends TProperties>(description: string, properties: P) {
  return Type.Object(allOptional(properties), { description, additionalProperties: true });
}

export function list<T extends TObject>(description: string, items: T) {
  return Type.Array(items, { description });
}

/** Headers by their names. */
export function headers(description: string): TUnsafe<Record<string, string>> {
  return Type.Unsafe({ type: "object", patternProperties: { "^.*$": { type: "string" } }, description });
}

/** What `Type.Partial` does to properties. It and `Type.Record` would bring TypeBox's engine of types, 95 kB, into every cold start. */
export function allOptional<P extends TProperties>(properties: P) {
  const optional = Object.entries(properties).map(([name, schema]) => [name, Type.Optional(schema)]);
  return Object.fromEntries(optional) as { [K in keyof P]: TOptional<P[K]> };
}
