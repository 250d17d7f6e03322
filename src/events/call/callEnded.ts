import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { call, person } from "../entities.ts";
import { amount, documented, members } from "../fields.ts";
import { identifier } from "../models.ts";
import { callLegacy } from "./legacy.ts";
import { inCall } from "./members.ts";
import { withoutEmptyGroup } from "./withoutEmptyGroup.ts";

export const callEnded = defineEvent("Microsoft.Communication.CallEnded", {
  description: "A call ended.",
  data: Type.Object({
    ...inCall,
    endedBy: members("Who ended it", {
      communicationIdentifier: identifier,
      type: documented("string", "Participant or MicrosoftInternal"),
      name: documented("string", "Its name"),
    }),
    reason: documented("object", "Why it ended", {
      code: documented("number", "Code"),
      subCode: documented("number", "Sub-code"),
      phrase: documented("string", "In words"),
    }),
    callDurationInSeconds: amount("How long it lasted, in seconds"),
  }),
  key: ["serverCallId"],
  usual: ["startedBy"],
  legacy: callLegacy,
  complete: withoutEmptyGroup,
  entities: ({ data }) => [
    call(data.serverCallId),
    person(data.startedBy?.communicationIdentifier),
    person(data.endedBy?.communicationIdentifier),
  ],
  summary: ({ data }) => ({
    startedBy: data.startedBy?.communicationIdentifier?.rawId,
    endedBy: data.endedBy?.communicationIdentifier?.rawId,
  }),
});
