// What each family does with an archived event before its jobs are handed out. It goes by the event and not by the function that it
// came to: a STOP that a wrong filter brings to another function is one all the same.
import type { Family } from "./events/families.ts";
import { samePeople } from "./events/samePeople.ts";
import { inTurn } from "./intake/inTurn.ts";
import type { Announce } from "./intake/receive.ts";
import { joinByEvent } from "./storage/personAliases.ts";

const ofCalls = async () => (await import("./calls/record/announceCall.ts")).announceCall;

/** A recording's state means the same at whichever door it comes in. */
const ofRecordings = async () => {
  const [{ announceRecording }, { noteState }, announceCall] = await Promise.all([
    import("./recordings/announceRecording.ts"),
    import("./recordings/control/noteState.ts"),
    ofCalls(),
  ]);
  return inTurn(announceRecording, (event) => noteState(event, null), announceCall);
};

/** Loaded at the first event of the family: a cold start reads what it needs. */
const byFamily: Partial<Record<Family, () => Promise<Announce>>> = {
  sms: async () => (await import("./sms/announceSms.ts")).announceSms,
  chat: async () => (await import("./calls/threads/announceChat.ts")).announceChat,
  call: ofCalls,
  incomingCall: ofCalls,
  recording: ofRecordings,
};

export const announce: Announce = async (event, blob, ...where) => {
  for (const [one, other] of samePeople(event.data)) await joinByEvent(one, other, blob);
  const announceFamily = await byFamily[event.family]?.();
  await announceFamily?.(event, blob, ...where);
};
