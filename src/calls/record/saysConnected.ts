import { callAutomationEvents, previewCallbacks } from "../../events/call/callAutomation.ts";
import type { CallEvent } from "./callEvent.ts";

/** Callbacks that come when the app got no connection. */
const inVain = new Set(["AnswerFailed", "ConnectFailed", "CreateCallFailed"]);

const types = new Set([
  ...["CallStarted", "CallEnded", "CallParticipantAdded", "CallParticipantRemoved", "CallLegStateChanged"],
  ...["RecordingStateChanged", "RecordingFileStatusUpdated"],
  ...[...callAutomationEvents, ...previewCallbacks].map(({ name }) => name).filter((name) => !inVain.has(name)),
]);

/** Whether an event says that somebody, or an app, was in the call; a call that only rings has none such. */
export function saysConnected({ name }: Pick<CallEvent, "name">): boolean {
  return types.has(name);
}
