import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { call, person } from "../entities.ts";
import { headers, members, text } from "../fields.ts";
import { identifier } from "../models.ts";

export const incomingCall = defineEvent("Microsoft.Communication.IncomingCall", {
  description: "A call rings; it can be answered, redirected or rejected for 30 seconds.",
  data: Type.Object({
    to: identifier,
    from: identifier,
    serverCallId: text("The call"),
    callerDisplayName: text("The name under which the caller calls"),
    customContext: members("Headers that came with the call", {
      sipHeaders: headers("User-To-User and X-MS-Custom-… headers of SIP"),
      voipHeaders: headers("Headers of a VoIP caller"),
    }),
    incomingCallContext: text("Opaque; what to answer, redirect or reject the call with"),
    onBehalfOfCallee: identifier,
    onBehalfOf: identifier,
    correlationId: text("The call id"),
  }),
  key: ["to", "from", "incomingCallContext"],
  usual: ["serverCallId", "correlationId"],
  entities: ({ data }) => [
    call(data.serverCallId),
    person(data.from),
    person(data.to),
    person(data.onBehalfOfCallee),
    person(data.onBehalfOf),
  ],
  summary: ({ data }) => ({
    from: data.from.rawId,
    to: data.to.rawId,
    // Whoever has it can take the call: it stays out of lists.
    incomingCallContext: undefined,
  }),
});
