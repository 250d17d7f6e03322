// The names under which an event is found again: the partition keys of the timeline, before escaping. Each helper
// brings an id to its one spelling and gives undefined for an id that names nothing.
import type { Identifier } from "./models.ts";
import { toE164 } from "./phoneNumber.ts";

type EntityKind = "call" | "thread" | "sms" | "recording" | "person" | "job" | "worker" | "email" | "channel";
export type Entity = `${EntityKind}:${string}`;
type Id = string | undefined;

const NO_ID = "00000000-0000-0000-0000-000000000000";

/** An all-zero GUID stands for "none" in the samples of calls. */
export function namesSomething(id: Id): id is string {
  return id !== undefined && id !== "" && id !== NO_ID;
}

function entity(kind: EntityKind, id: Id): Entity | undefined {
  return namesSomething(id) ? `${kind}:${id}` : undefined;
}

export const call = (serverCallId: Id) => entity("call", serverCallId);
export const thread = (threadId: Id) => entity("thread", threadId);
export const recording = (recordingId: Id) => entity("recording", recordingId);
export const job = (jobId: Id) => entity("job", jobId);
export const worker = (workerId: Id) => entity("worker", workerId);
/** The channel registration of a WhatsApp business account. */
export const channel = (channelId: Id) => entity("channel", channelId);

/** One e-mail message by its id; samples of this family do carry all-zero ids as real ones. */
export function email(messageId: Id): Entity | undefined {
  return messageId ? `email:${messageId}` : undefined;
}

/** The texts between a number of ours and one of theirs, in both directions. */
export function conversation(ourNumber: string, theirNumber: string): Entity {
  return `sms:${toE164(ourNumber)}:${toE164(theirNumber)}`;
}

/**
 * A person, by identifier, raw id, phone number or e-mail address. A number is one person however it comes: as
 * `4:+15551234567`, `15551234567` or `+15551234567`. Apps (28:…) and withheld numbers are nobody.
 */
export function person(who: Identifier | string | undefined): Entity | undefined {
  const id = typeof who === "object" ? idOf(who) : who;
  if (id === undefined || id === "4:anonymous" || id.startsWith("28:")) return undefined;
  if (id.startsWith("4:")) return entity("person", toE164(withoutAssertedId(id.slice(2))));
  return entity("person", id.includes("@") ? id.toLowerCase() : toE164(id));
}

/** The raw id of an identifier, from whichever of its members says it. */
export function idOf(who: Identifier): Id {
  if (who.rawId) return who.rawId;
  if (who.communicationUser?.id) return who.communicationUser.id;
  if (who.phoneNumber?.value) return who.phoneNumber.value;
  return who.microsoftTeamsUser?.userId ? `8:orgid:${who.microsoftTeamsUser.userId}` : undefined;
}

/** `4:+15551234567_2a9f` is a call of +15551234567 that ACS tells apart from its others. */
function withoutAssertedId(number: string): string {
  const end = number.indexOf("_");
  return end < 0 ? number : number.slice(0, end);
}
