// The routes /api/recordings that start and control.
import { AcsEventsError } from "../../events/errors.ts";
import { validBody } from "../../http/validBody.ts";
import { validateOperationBody } from "../generated/validateOperationBody.js";
import { validateStartBody } from "../generated/validateStartBody.js";
import { controlHandler } from "./controlHandler.ts";
import { operate, operationNamed } from "./operate.ts";
import { startOrder } from "./startOrder.ts";
import { startRecording } from "./startRecording.ts";

/** `POST /api/recordings`: 201 for a new recording, 200 for the one that runs in the call. */
export const postRecording = controlHandler(async (request) => {
  const started = await startRecording(startOrder(await validBody(request, validateStartBody)));
  return { status: started.alreadyRunning ? 200 : 201, jsonBody: started };
});

/** `POST /api/recordings/{recordingId}/{pause|resume|stop}`. */
export const postOperation = controlHandler(async (request) => {
  const { recordingId = "", operation } = request.params;
  const name = operationNamed(operation);
  if (!name) throw noOperation("pause, resume and stop");
  const { operationContext } = await validBody(request, validateOperationBody);
  return { status: 200, jsonBody: await operate(name, recordingId, operationContext) };
});

/** The error for a route of an operation that does not exist. */
export function noOperation(known: string): AcsEventsError {
  const message = `There is no such operation; there are ${known}.`;
  return new AcsEventsError("ACS_EVENTS_NO_SUCH_OPERATION", message, { status: 404, target: "operation" });
}
