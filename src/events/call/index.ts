import { callEnded } from "./callEnded.ts";
import { callLegStateChanged } from "./callLegStateChanged.ts";
import { callParticipantAdded } from "./callParticipantAdded.ts";
import { callParticipantRemoved } from "./callParticipantRemoved.ts";
import { callStarted } from "./callStarted.ts";

/** Calls, and the one callback of 2021 that is kept. */
export const callEvents = [callStarted, callEnded, callParticipantAdded, callParticipantRemoved, callLegStateChanged];
