import { recordingState } from "../../acs/callRecording.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { operationsOf } from "../control/operations.ts";
import { detailsOf } from "../manifest/detailsOf.ts";
import { foldManifest } from "../manifest/foldManifest.ts";
import { readManifest } from "../manifest/readManifest.ts";
import type { RecordingRows } from "../readRows.ts";
import { findRecording } from "./findServed.ts";

/**
 * The handler of `GET /api/recordings/{recordingId}`: the manifest as the ledger has it now, what was done to the recording
 * through this app, and, while it runs, its state at ACS.
 */
export const showRecording = httpHandler(async ({ params }) => {
  const { recordingId, ...rows } = await findRecording(params.recordingId ?? "");
  const [details, operations, live] = await Promise.all([
    readManifest(recordingId).then((known) => detailsOf(rows.chunks, known?.value)),
    operationsOf(recordingId),
    liveState(rows),
  ]);
  const jsonBody = { ...foldManifest(recordingId, rows, details), ...(live && { live }), operations };
  return { headers: { "cache-control": "no-store" }, jsonBody };
});

/** Of a recording that was started here and not stopped. What ACS cannot say now is no reason to keep the rest back. */
async function liveState({ run }: RecordingRows): Promise<object | undefined> {
  if (!run || run.row.stoppedAt) return undefined;
  const { recordingId, pausedAt } = run.row;
  try {
    return { state: await recordingState(recordingId), ...(pausedAt && { pausedAt }) };
  } catch (error) {
    if (!(error instanceof AcsEventsError)) throw error;
    return error.status === 404 ? undefined : { state: "unknown", error: { code: error.code, message: error.message } };
  }
}
