import type { BlobDownloadResponseParsed } from "@azure/storage-blob";
import { inTime } from "./onDemand.ts";

/** Options of a download that is cut: it goes on where it was, as `downloadToBuffer` does. */
export const reading = () => ({ abortSignal: inTime(), maxRetryRequests: 3 });

/**
 * All bytes of a download. For small blobs `download` and this take one request; the SDK's `downloadToBuffer` asks for the length first.
 */
export async function contentOf({ readableStreamBody }: BlobDownloadResponseParsed): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of readableStreamBody ?? []) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
