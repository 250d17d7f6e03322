import type { EventDefinition } from "./defineEvent.ts";
import type { Entity } from "./entities.ts";
import type { Schema } from "./envelope.ts";
import type { Family } from "./families.ts";
import type { JsonObject } from "./json.ts";

/** An event that was accepted. */
export interface AcsEvent<D = JsonObject> {
  /** As received. */
  raw: unknown;
  /** SHA-256, hex; the same for every delivery of this event. */
  identity: string;
  id: string | null;
  topic: string | null;
  subject: string | null;
  /** UTC with seven fraction digits; null for an undated event. */
  time: string | null;
  schema: Schema;
  /** "SMSReceived", whatever alias or letter case arrived. */
  name: string;
  /** "Microsoft.Communication.SMSReceived" */
  type: string;
  family: Family;
  /** In today's shape, without nulls. */
  data: D;
  entities: Entity[];
  /** At most 4 KB as JSON. */
  summary: JsonObject;
  warnings: string[];
}

/**
 * Whether an event is of the type that a definition describes; narrows its data.
 *
 * @example if (is(smsReceived, event)) answer(event.data.from);
 */
export function is<D extends JsonObject>(definition: EventDefinition<D>, event: AcsEvent): event is AcsEvent<D> {
  return event.name === definition.name;
}

/** The accepted event of a definition. */
export type EventOf<T> = T extends EventDefinition<infer D> ? AcsEvent<D> : never;
