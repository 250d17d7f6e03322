import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import type { BlobClient } from "@azure/storage-blob";
import { type ContainerName, container } from "../storage/blobs.ts";
import { inTime } from "../storage/onDemand.ts";
import { readPart } from "../storage/readPart.ts";
import { unlessMissing } from "../storage/unlessMissing.ts";
import type { pacedBody } from "./pacedBody.ts";
import { wantedPart } from "./wantedPart.ts";

export interface ServedFile {
  container: ContainerName;
  blob: string;
  contentType: string;
  /** Bytes, where somebody knows; a blob of another length is none of it. */
  length?: number | undefined;
  /** The name under which a browser saves it; without one it is shown. */
  saveAs?: string;
}

/**
 * Answers GET and HEAD for a file: all of it, the range that was asked for, or 304.
 * @returns undefined when the blob is gone or has another length
 * @throws what storage throws
 */
export async function serveBlob(
  { method, headers: asked }: HttpRequest,
  file: ServedFile,
  body: ReturnType<typeof pacedBody>,
): Promise<HttpResponseInit | undefined> {
  const blob = (await container(file.container)).getBlobClient(file.blob);
  const state = await stateOf(blob);
  if (!state || (file.length !== undefined && file.length !== state.length)) return undefined;
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
      "content-disposition": `${file.saveAs ? "attachment" : "inline"}; filename="${fileName(file.saveAs ?? file.blob)}"`,
      ...(status === 206 && { "content-range": `bytes ${start}-${end - 1}/${state.length}` }),
    },
    ...(method === "GET" && { body: body(await readPart(blob, { etag: state.etag, start, end })) }),
  };
}

async function stateOf(blob: BlobClient) {
  const found = await unlessMissing(() => blob.getProperties({ abortSignal: inTime() }));
  const { contentLength: length, etag, lastModified } = found ?? {};
  return length && etag && lastModified ? { length, etag, lastModified } : undefined;
}

/** Blob names are safe already (blobSegment); what a header may hold is not left to them. */
function fileName(blob: string): string {
  return (blob.split("/").at(-1) ?? "").replace(/[^\w.@+!-]/g, "_");
}
