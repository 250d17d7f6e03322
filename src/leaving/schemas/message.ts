import type { Static } from "typebox";
import * as Type from "typebox";
import { closed, maybe, party, text, time } from "./parts.ts";

const version = closed("What a message read for some time", {
  at: maybe(time("Since when")),
  text: maybe(text("The words")),
  original: maybe(Type.Boolean({ description: "As it was first sent" })),
});

export const message = closed("A text message, a chat message or a WhatsApp message: file messages.jsonl", {
  id: text("The same in every file that has this message: the last line with it counts"),
  channel: Type.Union([Type.Literal("sms"), Type.Literal("chat"), Type.Literal("whatsapp")]),
  conversation: text("sms:{our number}:{their number}, thread:{threadId} or whatsapp:{channel}:{their number}"),
  direction: maybe(
    Type.Union([Type.Literal("in"), Type.Literal("out")], { description: "Seen from the resource; none in chat" }),
  ),
  providerMessageId: maybe(text("The id that ACS gave it")),
  at: maybe(time("When it was written, or received, or placed to be sent")),
  from: party,
  to: Type.Array(party, { description: "Empty in chat: see participants" }),
  text: maybe(text("The words, as they read last; absent when no event told them, or it was no text")),
  contentType: maybe(text("text, html, or what else the channel calls it")),
  metadata: maybe(Type.Unknown({ description: "What the sender attached, or the channel tells besides" })),
  versions: maybe(Type.Array(version, { description: "Of a message that was edited: all that it read, in order" })),
  deletedAt: maybe(time("When it was deleted")),
  deleted: maybe(Type.Boolean({ description: "It was deleted in the thread" })),
  state: maybe(text("Of a text that went out: placed, sent, delivered, unconfirmed, failed")),
  sentAt: maybe(time("When ACS took it")),
  rule: maybe(text("The rule that answered")),
  incomplete: maybe(text("What no event told: the original text, or any")),
});

export type Message = Static<typeof message>;
