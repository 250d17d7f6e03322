import type { Static } from "typebox";
import * as Type from "typebox";
import { amount, closed, maybe, sha256, text } from "./parts.ts";

const file = closed("A file of the export, beside the records", {
  path: text("From the folder of the export"),
  length: amount("Bytes"),
  sha256,
  sha512: Type.String({ description: "SHA-512, base64url", pattern: "^[\\w-]{86}$" }),
});

const chunk = closed("A part of a recording", {
  index: amount("From 0"),
  documentId: text("Of ACS"),
  state: text(
    "archived, deleted (at ACS only), announced, copying, failed, expired, erased, registered (in your own storage)",
  ),
  contentType: maybe(text("Media type")),
  startTime: maybe(text("When it begins")),
  durationMs: maybe(amount("Milliseconds")),
  content: maybe(file),
  metadata: maybe(file),
  missing: maybe(Type.Boolean({ description: "It was archived, and is not there, or is another one by now" })),
  location: maybe(text("Where ACS put it, of a chunk in your own storage")),
});

export const recording = closed("A call recording: file recordings.jsonl", {
  id: text("recordingId; the last line with it counts"),
  state: text("complete, or incomplete"),
  callId: maybe(text("An id of its call")),
  serverCallId: maybe(text("An id of its call")),
  startedAt: maybe(text("When it began")),
  durationMs: maybe(amount("Milliseconds")),
  contentType: maybe(text("audio, audioVideo, as the event spells it")),
  channelType: maybe(text("mixed, unmixed, as the event spells it")),
  chunks: Type.Array(chunk, { description: "By index" }),
  participants: Type.Array(
    closed("Somebody who was recorded", {
      id: text("Raw id"),
      channels: maybe(Type.Array(Type.Number(), { description: "Of an unmixed recording" })),
    }),
  ),
  pauses: Type.Array(closed("A pause", { startTime: text("When it began"), duration: amount("Milliseconds") })),
});

export type Recording = Static<typeof recording>;
export type MediaFile = Static<typeof file>;
