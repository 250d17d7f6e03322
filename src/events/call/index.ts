import { callAutomationEvents, previewCallbacks } from "./callAutomation.ts";
import { callEnded } from "./callEnded.ts";
import { callLegStateChanged } from "./callLegStateChanged.ts";
import { callParticipantAdded } from "./callParticipantAdded.ts";
import { callParticipantRemoved } from "./callParticipantRemoved.ts";
import { callStarted } from "./callStarted.ts";

/** Calls, and the callbacks of Call Automation. */
export const callEvents = [
  ...[callStarted, callEnded, callParticipantAdded, callParticipantRemoved, callLegStateChanged],
  ...callAutomationEvents,
  ...previewCallbacks,
];
