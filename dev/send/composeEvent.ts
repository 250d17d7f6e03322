import { randomUUID } from "node:crypto";
import { type Definition, definitionOf, definitions } from "../../src/events/definitions.ts";

type JsonObject = Record<string, unknown>;

export interface Wish {
  /** Full or short type name, in any letter case, today's or a former one. */
  type: string;
  schema: "eventGrid" | "cloudEvents";
  id?: string;
  subject?: string;
  topic?: string;
  eventTime?: string;
  /** Pairs of a dotted path below data and its value as typed: `["from.rawId", "4:+15550100100"]`. */
  data: [path: string, value: string][];
}

/**
 * Composes one event of a known type: what is wished for, and for a text what it needs to be one.
 *
 * @throws Error listing the types if the type is unknown.
 */
export function composeEvent(wish: Wish): JsonObject {
  const { definition, type } = findType(wish.type);
  const time = wish.eventTime ?? new Date().toISOString();
  const data = definition.name === "SMSReceived" ? newText(time) : {};
  for (const [path, value] of wish.data) {
    const names = path.split(".");
    setMember(data, names, isText(definition.data, names) ? value : readValue(value));
  }
  const id = wish.id ?? randomUUID();
  const subject = wish.subject ?? subjectOf(definition, data);
  if (wish.schema === "cloudEvents") {
    return { specversion: "1.0", id, type, ...(wish.topic && { source: wish.topic }), subject, time, data };
  }
  return {
    id,
    ...(wish.topic && { topic: wish.topic }),
    subject,
    eventType: type,
    eventTime: time,
    data,
    dataVersion: "1.0",
  };
}

function findType(wished: string): { definition: Definition; type: string } {
  const type = wished.includes(".") ? wished : `Microsoft.Communication.${wished}`;
  const definition = definitionOf(type);
  if (definition === undefined) {
    const names = definitions.map(({ name }) => name).toSorted();
    throw new Error(`There is no event type ${wished}. The types are:\n  ${names.join("\n  ")}`);
  }
  const known = [definition.type, ...definition.aliases].find((name) => name.toLowerCase() === type.toLowerCase());
  return { definition, type: known ?? type };
}

function newText(receivedTimestamp: string): JsonObject {
  return { messageId: randomUUID(), from: "+14255550100", to: "+18335550100", message: "Hello", receivedTimestamp };
}

// The subject of every SMS event is the owner's number, digits only.
function subjectOf({ family }: Definition, data: JsonObject): string {
  const owner = family === "sms" && typeof data.to === "string" ? data.to.replace(/\D/g, "") : "";
  return owner === "" ? "" : `/phonenumber/${owner}`;
}

// What the type's schema calls a string stays text: the message "42" is no number.
function isText(schema: unknown, names: readonly string[]): boolean {
  const member = names.reduce<unknown>((part, name) => memberOf(memberOf(part, "properties"), name), schema);
  return memberOf(member, "type") === "string";
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as JsonObject)[name] : undefined;
}

function readValue(text: string): unknown {
  if (text.startsWith("+")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function setMember(target: JsonObject, [name = "", ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner = target[name];
  const next: JsonObject = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? { ...inner } : {};
  setMember(next, rest, value);
  target[name] = next;
}
