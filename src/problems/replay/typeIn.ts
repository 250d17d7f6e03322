import { membersOf, schemaOf } from "../../events/envelope.ts";
import { isObject } from "../../events/json.ts";

/** The type that an event of any shape names; empty for none. */
export function typeIn(raw: unknown): string {
  const { type } = isObject(raw) ? membersOf(raw, schemaOf(raw)) : {};
  return typeof type === "string" ? type : "";
}
