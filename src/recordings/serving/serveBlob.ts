import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { AcsEventsError } from "../../events/errors.ts";
import type { pacedBody } from "../../http/pacedBody.ts";
import { serveBlob as serve } from "../../http/serveBlob.ts";

export interface ServedFile {
  /** Name in container `recordings`. */
  blob: string;
  contentType: string;
  /** Bytes, where the ledger knows; another length is damage. */
  length?: number | undefined;
}

/**
 * Answers GET and HEAD for a file of a recording: all of it, the range that was asked for, or 304.
 * @param damaged called when the blob is gone or has another length
 * @throws AcsEventsError ACS_EVENTS_RECORDING_DAMAGED (500) in that case; what storage throws
 */
export async function serveBlob(
  request: HttpRequest,
  file: ServedFile,
  body: ReturnType<typeof pacedBody>,
  damaged: () => Promise<unknown>,
): Promise<HttpResponseInit> {
  const answer = await serve(request, { container: "recordings", ...file }, body);
  if (answer) return answer;
  await damaged();
  throw new AcsEventsError(
    "ACS_EVENTS_RECORDING_DAMAGED",
    "The file was archived, and somebody deleted or changed it. Content that ACS still has is fetched again; restore anything else: GET /api/problems names the blob.",
    { status: 500, target: "content" },
  );
}
