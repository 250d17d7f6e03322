// The ids under which a call goes. CallStarted and recordings know it by its serverCallId, IncomingCall by another one at times,
// recordings of 2021 by a callId, Call Automation by a callConnectionId, its previews by a leg: each is a name of one call.
import type { AcsEvent } from "./acsEvent.ts";
import { call, namesSomething } from "./entities.ts";

/** callId: the correlationId of events and the call of a recording's subject are the same id. */
const kinds = ["serverCallId", "callId", "callConnectionId", "callLegId"] as const;
type Kind = (typeof kinds)[number];

/** `{kind}:{id}`. */
export type CallName = `${Kind}:${string}`;

/** Members of events that name a call. */
const members: Readonly<Record<string, Kind>> = {
  serverCallId: "serverCallId",
  conversationId: "serverCallId",
  callId: "callId",
  correlationId: "callId",
  callConnectionId: "callConnectionId",
  callLegId: "callLegId",
};

/** An id of ACS has a few hundred characters; a longer one is forged, and links nothing; nor does one with half a character, which no
 * table holds. */
const maxLength = 1000;

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** All names that an event gives its call; the first is the one under which the event is found. */
export function namesIn({ data }: Pick<AcsEvent, "data">): CallName[] {
  const found = new Set<CallName>();
  for (const [member, kind] of Object.entries(members)) {
    const name = nameOf(kind, data[member]);
    if (name) found.add(name);
  }
  return [...found];
}

/** The names that an id may be, the likeliest first. */
export function namesOfId(id: string): CallName[] {
  return kinds.map((kind) => nameOf(kind, id)).filter((name) => name !== undefined);
}

/** The name of a call by an id of this kind; undefined for what is none. GUIDs come in any letter case, serverCallIds in one. */
export function nameOf(kind: Kind, id: unknown): CallName | undefined {
  if (typeof id !== "string" || !namesSomething(id) || id.length > maxLength || !id.isWellFormed()) return undefined;
  return `${kind}:${kind !== "serverCallId" && guid.test(id) ? id.toLowerCase() : id}`;
}

/** The ids of a kind among names. */
export function idsOf(kind: Kind, names: Iterable<CallName>): string[] {
  const prefix = `${kind}:`;
  return [...names].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

/** The timeline of a name: what has a serverCallId is indexed under its call anyway. */
export function timelineOf(name: CallName): string {
  const [serverCallId] = idsOf("serverCallId", [name]);
  return (serverCallId !== undefined && call(serverCallId)) || `callName:${name}`;
}
