// The routes of the founding document (2021-04), /api/conversations/{conversationId}/recordings. Its conversationId is today's
// serverCallId.
import type { HttpRequest } from "@azure/functions";
import { checkServerCallId } from "../../acs/callLocator.ts";
import { recordingState } from "../../acs/callRecording.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { validBody } from "../../http/validBody.ts";
import { read } from "../../storage/ledger.ts";
import { validateConversationStartBody } from "../generated/validateConversationStartBody.js";
import { validateOperationBody } from "../generated/validateOperationBody.js";
import { resolveRecording } from "../resolveRecording.ts";
import { type RunRow, runKey } from "../rows.ts";
import { controlHandler } from "./controlHandler.ts";
import { acsIdOf, operate, operationNamed } from "./operate.ts";
import { noOperation } from "./recordingsApi.ts";
import { conversationStartOrder } from "./startOrder.ts";
import { startRecording } from "./startRecording.ts";

/** `POST …/recordings`: 200 `{recordingId}`, also for one that runs. */
export const postConversationRecording = controlHandler(async (request) => {
  const body = await validBody(request, validateConversationStartBody);
  const { recordingId } = await startRecording(conversationStartOrder(request.params.conversationId ?? "", body));
  return { status: 200, jsonBody: { recordingId } };
});

/** `GET …/recordings/{recordingId}`: 200 `{recordingState}`; `DELETE` stops it: 200 `{}`. */
export const conversationRecording = controlHandler(async (request) => {
  const recordingId = await recordingOf(request);
  if (request.method === "GET") {
    return { status: 200, jsonBody: { recordingState: await recordingState(await acsIdOf(recordingId)) } };
  }
  const { operationContext } = await validBody(request, validateOperationBody);
  await operate("stop", recordingId, operationContext);
  return { status: 200, jsonBody: {} };
});

/** `POST …/recordings/{recordingId}/{pause|resume}`: 200 `{}`. */
export const postConversationOperation = controlHandler(async (request) => {
  const recordingId = await recordingOf(request);
  const name = operationNamed(request.params.operation);
  if (!name || name === "stop") throw noOperation("pause and resume; DELETE stops");
  const { operationContext } = await validBody(request, validateOperationBody);
  await operate(name, recordingId, operationContext);
  return { status: 200, jsonBody: {} };
});

/** The route's recordingId. @throws AcsEventsError (404) for a recording that was started here in another conversation */
async function recordingOf({ params: { conversationId = "", recordingId = "" } }: HttpRequest): Promise<string> {
  checkServerCallId(conversationId, "conversationId");
  const run = await read<RunRow>(runKey(await resolveRecording(recordingId)));
  if (!run?.row.serverCallId || run.row.serverCallId === conversationId) return recordingId;
  throw new AcsEventsError(
    "ACS_EVENTS_UNKNOWN_RECORDING",
    "This recording is not of this conversation. Take both ids from one start, or use /api/recordings/{recordingId}, which needs no conversationId.",
    { status: 404, target: "recordingId" },
  );
}
