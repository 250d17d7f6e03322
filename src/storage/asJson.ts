import { canonicalJson } from "../events/canonicalJson.ts";

/** JSON text of any JSON value. JSON.stringify overflows the stack on hostile nesting; the canonical form never does. */
export function asJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return canonicalJson(value);
    throw error;
  }
}
