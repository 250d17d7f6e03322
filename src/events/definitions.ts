// Every event type that this app knows, and how to find it by any of its names.
import { callEvents } from "./call/index.ts";
import { chatEvents } from "./chat/index.ts";
import type { EventDefinition } from "./defineEvent.ts";
import { emailEvents } from "./email/index.ts";
import type { Family } from "./families.ts";
import { incomingCallEvents } from "./incomingCall/index.ts";
import { messagingEvents } from "./messaging/index.ts";
import { presenceEvents } from "./presence/index.ts";
import { recordingEvents } from "./recording/index.ts";
import { routerEvents } from "./router/index.ts";
import { smsEvents } from "./sms/index.ts";

export interface Definition extends EventDefinition {
  readonly family: Family;
}

const byFamily: Readonly<Record<Family, readonly EventDefinition[]>> = {
  sms: smsEvents,
  chat: chatEvents,
  call: callEvents,
  incomingCall: incomingCallEvents,
  recording: recordingEvents,
  email: emailEvents,
  messaging: messagingEvents,
  router: routerEvents,
  presence: presenceEvents,
};

export const definitions: readonly Definition[] = (Object.keys(byFamily) as Family[]).flatMap((family) =>
  byFamily[family].map((definition) => ({ ...definition, family })),
);

const byType = new Map<string, Definition>();
for (const definition of definitions) {
  for (const type of [definition.type, ...definition.aliases]) byType.set(type.toLowerCase(), definition);
}

/** The definition for a type name as received, in any letter case and under any of its former names. */
export function definitionOf(type: string): Definition | undefined {
  return byType.get(type) ?? byType.get(type.toLowerCase());
}
