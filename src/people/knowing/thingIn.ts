// What a row of a person's timeline is about, and where the app shows it.
import { type CallName, namesIn } from "../../events/callName.ts";
import { toE164 } from "../../events/phoneNumber.ts";
import type { PersonRow } from "./eventsOfPerson.ts";

/** A text conversation, a call, a thread or a recording that the person takes part in. */
export type Thing =
  | { kind: "conversation"; ourNumber: string; theirNumber: string }
  | { kind: "call"; name: CallName }
  | { kind: "thread"; threadId: string }
  | { kind: "recording"; recordingId: string };

/** The thing that a row is about; undefined when its event stands for itself. */
export function thingIn(row: PersonRow): Thing | undefined {
  const told = JSON.parse(row.summary ?? "{}") as Record<string, unknown>;
  const text = (member: string) => (typeof told[member] === "string" ? told[member] : undefined);
  const [from, to] = [text("from"), text("to")];
  if (row.family === "sms" && from !== undefined && to !== undefined) {
    // Events write one number with and without `+`.
    const [ourNumber, theirNumber] = (row.type === "SMSReceived" ? [to, from] : [from, to]).map(toE164);
    return { kind: "conversation", ourNumber: ourNumber ?? "", theirNumber: theirNumber ?? "" };
  }
  if (row.family === "recording") {
    const recordingId = text("recordingId");
    return recordingId === undefined ? undefined : { kind: "recording", recordingId };
  }
  if (row.family === "chat") {
    const threadId = text("threadId");
    return threadId === undefined ? undefined : { kind: "thread", threadId };
  }
  const [name] = row.family === "call" || row.family === "incomingCall" ? namesIn({ data: told }) : [];
  return name && { kind: "call", name };
}

/** Path under which the app shows a thing. */
export function linkOf(thing: Thing): string {
  switch (thing.kind) {
    case "conversation":
      return `/api/sms/${encodeURIComponent(thing.ourNumber)}/${encodeURIComponent(thing.theirNumber)}`;
    case "call":
      return `/api/calls/${encodeURIComponent(idOf(thing.name))}`;
    case "thread":
      return `/api/threads/${encodeURIComponent(thing.threadId)}`;
    case "recording":
      return `/api/recordings/${encodeURIComponent(thing.recordingId)}`;
  }
}

/** The id within a name of a call. */
export function idOf(name: CallName): string {
  return name.slice(name.indexOf(":") + 1);
}
