// What each family does with an archived event before its jobs are handed out. It goes by the event and not by the function that it
// came to: a STOP that a wrong filter brings to another function is one all the same.
import { announceCall } from "./calls/record/announceCall.ts";
import { announceChat } from "./calls/threads/announceChat.ts";
import type { Family } from "./events/families.ts";
import { samePeople } from "./events/samePeople.ts";
import { inTurn } from "./intake/inTurn.ts";
import type { Announce } from "./intake/receive.ts";
import { announceRecording } from "./recordings/announceRecording.ts";
import { noteState } from "./recordings/control/noteState.ts";
import { announceSms } from "./sms/announceSms.ts";
import { joinByEvent } from "./storage/personAliases.ts";

/** A recording's state means the same at whichever door it comes in. */
const announceRecordings = inTurn(announceRecording, (event) => noteState(event, null), announceCall);

const byFamily: Partial<Record<Family, Announce>> = {
  sms: announceSms,
  chat: announceChat,
  call: announceCall,
  incomingCall: announceCall,
  recording: announceRecordings,
};

export const announce: Announce = async (event, blob, ...where) => {
  for (const [one, other] of samePeople(event.data)) await joinByEvent(one, other, blob);
  await byFamily[event.family]?.(event, blob, ...where);
};
