import type { TriggerMetadata } from "./protocol.ts";

/** The properties of an event or message as trigger metadata: everything as text, which the library parses again. */
export function toTriggerMetadata(properties: Record<string, unknown>): TriggerMetadata {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key,
      { string: typeof value === "string" ? value : JSON.stringify(value) },
    ]),
  );
}
