// The functions of the app, by what they are for.
import { families } from "../../src/events/families.ts";

const eventFunctions = families.map((family) => `${family}Events`);
export const jobQueues = {
  sendAutoReply: "sms-replies",
  sendOutbox: "sms-sends",
  watchOutbox: "sms-watches",
  syncOptOut: "sms-opt-outs",
  downloadRecording: "recording-downloads",
  startAutoRecording: "recording-starts",
  relayRecordingState: "recording-relays",
  buildPersonExport: "person-exports",
  runErasure: "person-erasures",
};
const jobFunctions = Object.keys(jobQueues);
const poisonFunctions = jobFunctions.map((name) => `${name}Poison`);
const servingFunctions = [
  ...["recordings", "recording", "recordingContent", "recordingMetadata", "documentContent", "documentMetadata"],
];
const callFunctions = ["calls", "call"];
const smsFunctions = ["sendSms", "smsConversations", "smsConversation", "smsOptOut"];
const erasureFunctions = ["erasePerson", "erasure", "personHold", "callHold", "threadHold", "recordingHold"];
const threadFunctions = ["threads", "thread"];
const problemFunctions = ["problems", "problem", "dismissProblem", "reopenProblem", "replayProblem"];
const personFunctions = ["", "Aliases", "Alias", "Exports", "Export", "ExportContent"].map((end) => `person${end}`);
const controlFunctions = [
  ...["startRecording", "controlRecording"],
  ...["startConversationRecording", "conversationRecording", "controlConversationRecording"],
];
export const functions = [
  ...[...eventFunctions, ...jobFunctions, ...poisonFunctions, ...servingFunctions, ...controlFunctions],
  ...[...smsFunctions, ...threadFunctions, ...callFunctions, ...personFunctions, ...erasureFunctions],
  ...[...problemFunctions, "checkProblems", "collectDeadLetters"],
  ...["reconcileRecordings", "watchIncomingCalls", "expirePersonExports", "seal", "enforceRetention"],
  ...["recordingCallback", "callCallback", "health", "healthDetails"],
].sort();
/** What src/later.ts has the work of: it is loaded whole at the first call of one of them. */
const laterFunctions = [
  ...[...servingFunctions, ...controlFunctions, ...smsFunctions, ...threadFunctions, ...callFunctions],
  ...[...personFunctions, ...erasureFunctions, ...problemFunctions, "buildPersonExport", "runErasure"],
  ...["checkProblems", "collectDeadLetters", "reconcileRecordings", "expirePersonExports", "seal", "enforceRetention"],
  ...["health", "healthDetails"],
];
/** Which functions load an SDK, or do without one. */
export const users = {
  sms: ["sendAutoReply", "sendOutbox"],
  noBlobs: [...poisonFunctions, "sendOutbox", "watchOutbox", "syncOptOut", "watchIncomingCalls"],
  callAutomation: [...laterFunctions, "startAutoRecording", "incomingCallEvents"],
};
