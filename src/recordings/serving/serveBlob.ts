import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import type { BlobClient } from "@azure/storage-blob";
import { AcsEventsError } from "../../events/errors.ts";
import type { pacedBody } from "../../http/pacedBody.ts";
import { wantedPart } from "../../http/wantedPart.ts";
import { container } from "../../storage/blobs.ts";
import { httpStatus, inTime } from "../../storage/onDemand.ts";
import { readPart } from "../../storage/readPart.ts";

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
  { method, headers: asked }: HttpRequest,
  file: ServedFile,
  body: ReturnType<typeof pacedBody>,
  damaged: () => Promise<unknown>,
): Promise<HttpResponseInit> {
  const blob = (await container("recordings")).getBlobClient(file.blob);
  const state = await stateOf(blob);
  if (!state || (file.length !== undefined && file.length !== state.length)) {
    await damaged();
    throw new AcsEventsError(
      "ACS_EVENTS_RECORDING_DAMAGED",
      "The file was archived, and somebody deleted or changed it. Content that ACS still has is fetched again; restore anything else: GET /api/problems names the blob.",
      { status: 500, target: "content" },
    );
  }
  const part = wantedPart(method, asked, state);
  const headers = {
    "accept-ranges": "bytes",
    "cache-control": "private, no-cache",
    etag: state.etag,
    "last-modified": state.lastModified.toUTCString(),
    "x-content-type-options": "nosniff",
  };
  if (part.status === 304) return { status: 304, headers };
  if (part.status === 416) {
    const jsonBody = {
      code: "ACS_EVENTS_BAD_RANGE",
      message: `The file has ${state.length} bytes, none of them in this range. Ask for a range below that.`,
      target: "Range",
    };
    return { status: 416, headers: { ...headers, "content-range": `bytes */${state.length}` }, jsonBody };
  }
  const { status, start, end } = part;
  return {
    status,
    headers: {
      ...headers,
      "content-type": file.contentType,
      "content-length": String(end - start),
      "content-disposition": `inline; filename="${fileName(file.blob)}"`,
      ...(status === 206 && { "content-range": `bytes ${start}-${end - 1}/${state.length}` }),
    },
    ...(method === "GET" && { body: body(await readPart(blob, { etag: state.etag, start, end })) }),
  };
}

async function stateOf(blob: BlobClient) {
  try {
    const found = await blob.getProperties({ abortSignal: inTime() });
    const { contentLength: length, etag, lastModified } = found;
    return length && etag && lastModified ? { length, etag, lastModified } : undefined;
  } catch (error) {
    if (httpStatus(error) === 404) return undefined;
    throw error;
  }
}

/** Blob names are safe already (blobSegment); what a header may hold is not left to them. */
function fileName(blob: string): string {
  return (blob.split("/").at(-1) ?? "").replace(/[^\w.@+!-]/g, "_");
}
