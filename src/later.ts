// What no event needs: what people ask for over HTTP, and most of what a clock does. atFirstCall.ts loads it, as one file of the bundle: for
// each further entry esbuild puts what it shares with the others into files of their own, and each costs every start about a millisecond.
import { tryAcs } from "./acs/tryAcs.ts";
import { loadIncomingCalls } from "./calls/incoming/loadIncomingCalls.ts";
import { listCalls } from "./calls/record/listCalls.ts";
import { showCall } from "./calls/record/showCall.ts";
import { showThread } from "./calls/threads/showThread.ts";
import { healthDetails } from "./http/health.ts";
import { loadPeople } from "./people/knowing/loadPeople.ts";
import { withUserIds } from "./people/knowing/withUserIds.ts";
import { checkProblems } from "./problems/checking/checkProblems.ts";
import { callRecordings } from "./recordings/serving/callRecordings.ts";
import { showRecording } from "./recordings/serving/showRecording.ts";
import { loadAutoReplies } from "./sms/loadAutoReplies.ts";

export { listThreads } from "./calls/threads/listThreads.ts";
export { health } from "./http/health.ts";
export { askErasure } from "./people/erasure/askErasure.ts";
export { runErasure } from "./people/erasure/runErasure.ts";
export { showErasure } from "./people/erasure/showErasure.ts";
export { buildExport } from "./people/exports/buildExport.ts";
export { expireExports } from "./people/exports/expireExports.ts";
export { exportContent, personExport, postExport } from "./people/exports/exportsApi.ts";
export { callHold, personHold, recordingHold, threadHold } from "./people/holds/holdsApi.ts";
export { deleteAlias, putAliases } from "./people/knowing/aliasesApi.ts";
export { showPerson } from "./people/knowing/showPerson.ts";
export { collectDeadLetters } from "./problems/deadLetters/collectDeadLetters.ts";
export { dismiss, reopen } from "./problems/reading/judgeProblem.ts";
export { problems } from "./problems/reading/problemsApi.ts";
export { showProblem } from "./problems/reading/showProblem.ts";
export { postReplay } from "./problems/replay/postReplay.ts";
export { seal } from "./proof/seal.ts";
export {
  conversationRecording,
  postConversationOperation,
  postConversationRecording,
} from "./recordings/control/conversationsApi.ts";
export { postOperation, postRecording } from "./recordings/control/recordingsApi.ts";
export { reconcileRecordings } from "./recordings/reconcile/reconcileRecordings.ts";
export { listRecordings } from "./recordings/serving/listRecordings.ts";
export { chunkContent, chunkMetadata, documentContent, documentMetadata } from "./recordings/serving/serveChunk.ts";
export { enforceRetention } from "./retention/enforceRetention.ts";
export { postSms } from "./sms/byHand/postSms.ts";
export { optOuts } from "./sms/optOut/optOutsApi.ts";
export { listConversations } from "./sms/reading/listConversations.ts";
export { showConversation } from "./sms/reading/showConversation.ts";

export const tellCall = withUserIds(showCall(callRecordings));
export const tellCalls = listCalls(callRecordings);
export const checkAllProblems = checkProblems([loadAutoReplies, loadIncomingCalls, loadPeople]);
export const tellHealth = healthDetails(tryAcs);
export const tellRecording = withUserIds(showRecording);
export const tellThread = withUserIds(showThread);
