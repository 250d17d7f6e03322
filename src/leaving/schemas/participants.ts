import type { Static } from "typebox";
import * as Type from "typebox";
import { closed, maybe, text, time } from "./parts.ts";

const stay = closed("One stay of somebody; two devices, or coming back, are two", {
  id: maybe(text("Raw id")),
  kind: maybe(text("What kind of participant; of calls only")),
  name: maybe(text("As it was shown to the others")),
  role: maybe(text("In the call")),
  endpoint: maybe(text("The client that they called with")),
  joinedAt: maybe(time("Absent: before what is known")),
  leftAt: maybe(time("Absent: not as far as is known")),
  addedBy: maybe(text("Raw id")),
  removedBy: maybe(text("Raw id; their own when they left")),
});

export const participants = closed("Who was in a call or a chat thread: file participants.jsonl", {
  id: text("The call's id in calls.jsonl, or thread:{threadId}: the last line with it counts"),
  of: Type.Union([Type.Literal("call"), Type.Literal("thread")]),
  topic: maybe(text("Of a thread, the last one")),
  createdAt: maybe(time("Of a thread")),
  createdBy: maybe(text("Raw id")),
  deletedAt: maybe(time("Of a thread")),
  deletedBy: maybe(text("Raw id")),
  participants: Type.Array(stay, { description: "In order of their coming" }),
  partial: maybe(Type.Array(Type.String(), { description: "Why this is not all" })),
});

export type Participants = Static<typeof participants>;
