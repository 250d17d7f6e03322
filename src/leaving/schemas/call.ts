import type { Static } from "typebox";
import * as Type from "typebox";
import { amount, closed, maybe, party, text, time } from "./parts.ts";

const rang = closed("A time that the call rang", {
  time: maybe(time("When")),
  from: maybe(party),
  to: maybe(party),
  onBehalfOf: maybe(party),
  onBehalfOfCallee: maybe(party),
  sipHeaders: maybe(Type.Unknown({ description: "Names and values" })),
  voipHeaders: maybe(Type.Unknown({ description: "Names and values" })),
  decision: maybe(Type.Unknown({ description: "What the owner's rules did with it" })),
});

export const call = closed("A call, folded from all its events: file calls.jsonl", {
  id: text("The same in every file that has this call: the last line with it counts"),
  ids: Type.Record(Type.String(), Type.Array(Type.String()), { description: "All ids of it, by kind" }),
  state: text("ringing, inProgress, ended, unknown"),
  startedAt: maybe(time("Of CallStarted")),
  startedBy: maybe(party),
  startedAs: maybe(text("room, group, oneToOne")),
  group: maybe(text("Id of the group")),
  room: maybe(text("Id of the room")),
  endedAt: maybe(time("Of CallEnded")),
  endedBy: maybe(party),
  endReason: maybe(Type.Unknown({ description: "As CallEnded gives it" })),
  durationInSeconds: maybe(amount("As CallEnded reports it, else from begin to end")),
  incoming: Type.Array(rang, { description: "In order of time" }),
  recordings: Type.Array(Type.String(), { description: "Ids in recordings.jsonl" }),
  partial: Type.Array(Type.String(), { description: "Why the record does not tell everything" }),
  events: Type.Array(Type.String(), { description: "Blobs of its events, see events-*.jsonl" }),
});

export type Call = Static<typeof call>;
