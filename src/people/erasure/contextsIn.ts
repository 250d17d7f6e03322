import type { AcsEvent } from "../../events/acsEvent.ts";
import { type CallName, namesIn, timelineOf } from "../../events/callName.ts";

const ofCalls: ReadonlySet<string> = new Set(["call", "incomingCall", "recording"]);

/** What an event is a part of, with others perhaps: names of timelines. */
export function contextsIn(event: AcsEvent): string[] {
  const kinds = event.entities.filter((entity) => /^(thread|email):/.test(entity));
  const [name] = ofCalls.has(event.family) ? namesIn(event) : [];
  return [...kinds, ...(name ? [timelineOf(name)] : [])];
}

/** The call of a context, by one of its names; undefined for what is no call. */
export function callIn(context: string): CallName | undefined {
  if (context.startsWith("call:")) return `serverCallId:${context.slice("call:".length)}`;
  return context.startsWith("callName:") ? (context.slice("callName:".length) as CallName) : undefined;
}
