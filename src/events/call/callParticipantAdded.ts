import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { call, person } from "../entities.ts";
import { callLegacy } from "./legacy.ts";
import { inCall, participation } from "./members.ts";
import { withoutEmptyGroup } from "./withoutEmptyGroup.ts";

export const callParticipantAdded = defineEvent("Microsoft.Communication.CallParticipantAdded", {
  description: "Somebody joined a call.",
  data: Type.Object({
    ...inCall,
    ...participation,
  }),
  key: ["serverCallId"],
  usual: ["user", "participantId", "startedBy"],
  legacy: callLegacy,
  complete: withoutEmptyGroup,
  entities: ({ data }) => [
    call(data.serverCallId),
    person(data.user?.communicationIdentifier),
    person(data.startedBy?.communicationIdentifier),
  ],
  summary: ({ data }) => ({ user: data.user?.communicationIdentifier?.rawId }),
});
