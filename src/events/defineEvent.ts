import type { Static, TObject, TProperties } from "typebox";
import type { Entity } from "./entities.ts";
import type { JsonObject } from "./json.ts";
import type { Legacy } from "./upcast.ts";

/** What stands in an event's data: its key members for sure, the rest perhaps. */
export type DataOf<P extends TProperties, K extends keyof P> = {
  [M in K]: Static<P[M]>;
} & { [M in Exclude<keyof P, K>]?: Static<P[M]> };

export interface EventDefinition<D = JsonObject> {
  /** "Microsoft.Communication.SMSReceived" */
  readonly type: string;
  /** "SMSReceived" */
  readonly name: string;
  readonly description: string;
  /** Other names of the same type: legacy, misspelt or early ones. */
  readonly aliases: readonly string[];
  /** The JSON Schema of today's data, read as documentation; the validators are generated from it. */
  readonly data: TObject;
  /** Refused without these. */
  readonly key: readonly string[];
  /** Members that every official sample has: without one, the event is accepted with a warning. */
  readonly usual: readonly string[];
  readonly legacy: Legacy | undefined;
  /** Fills in, after validation, what only other parts of the event say. */
  complete?(event: { data: D; subject: string | null; identity: string }): D;
  entities(event: { data: D }): readonly (Entity | undefined)[];
  /** Members of the timeline summary besides the plain members of data; undefined leaves a member out. */
  summary?(event: { data: D }): JsonObject;
}

const NAMESPACE = "Microsoft.Communication.";

/**
 * Describes one event type; the only place where that type is described.
 *
 * @example
 * export const userLeft = defineEvent("Microsoft.Communication.UserLeft", {
 *   description: "A user left.",
 *   data: Type.Object({ userId: text("Who left") }),
 *   key: ["userId"],
 *   entities: ({ data }) => [person(data.userId)],
 * });
 */
export function defineEvent<P extends TProperties, K extends keyof P & string>(
  type: `Microsoft.Communication.${string}`,
  options: {
    description: string;
    data: TObject<P>;
    key: readonly K[];
    usual?: readonly (keyof P & string)[];
    aliases?: readonly string[];
    legacy?: Legacy;
    complete?(event: { data: DataOf<P, K>; subject: string | null; identity: string }): DataOf<P, K>;
    entities(event: { data: DataOf<P, K> }): readonly (Entity | undefined)[];
    summary?(event: { data: DataOf<P, K> }): JsonObject;
  },
): EventDefinition<DataOf<P, K>> {
  const { aliases = [], usual = [], legacy } = options;
  return { ...options, type, name: type.slice(NAMESPACE.length), aliases, usual, legacy };
}
