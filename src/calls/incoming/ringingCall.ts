import type { EventOf } from "../../events/acsEvent.ts";
import type { incomingCall } from "../../events/incomingCall/incomingCall.ts";
import { type Party, partyOf } from "./party.ts";

/** What rules ask of a call. */
export interface RingingCall {
  to: Party;
  from: Party;
  /** By `headerKey` of their names; SIP and VoIP headers may share one. */
  headers: ReadonlyMap<string, readonly string[]>;
  /** When it began to ring. */
  at: Date;
}

/** A header's name as it is compared: SIP writes User-To-User, events have it as userToUser. */
export function headerKey(name: string): string {
  const key = name.trim().toLowerCase();
  return key === "user-to-user" ? "usertouser" : key;
}

/** @param at for an event without a time */
export function ringingCall({ data, time }: EventOf<typeof incomingCall>, at: Date): RingingCall {
  const headers = new Map<string, string[]>();
  const { sipHeaders = {}, voipHeaders = {} } = data.customContext ?? {};
  for (const [name, value] of [...Object.entries(sipHeaders), ...Object.entries(voipHeaders)]) {
    const key = headerKey(name);
    headers.set(key, [...(headers.get(key) ?? []), value]);
  }
  return { to: partyOf(data.to), from: partyOf(data.from), headers, at: time === null ? at : new Date(time) };
}
