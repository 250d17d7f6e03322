import type { Static } from "typebox";
import * as Type from "typebox";
import { closed, maybe, sha256, text, time } from "./parts.ts";

export const exportedEvent = closed("An event as it is archived: files events-{family}.jsonl and quarantine.jsonl", {
  id: Type.String({ description: "Identity: the same for every delivery of one event", pattern: "^[0-9a-f]{64}$" }),
  family: text("sms, chat, call, incomingCall, recording, email, messaging, router, presence"),
  type: maybe(text("Event type without Microsoft.Communication.; absent in quarantine")),
  time: maybe(time("Event time")),
  storedAt: time("When it was archived"),
  blob: text("Where it was: a blob's name in container events, or quarantine"),
  redacted: maybe(Type.Boolean({ description: "A person was taken out of it by an erasure" })),
  sha256,
  event: Type.Unknown({ description: "As received; in quarantine with the reasons beside it" }),
});

export type ExportedEvent = Static<typeof exportedEvent>;
