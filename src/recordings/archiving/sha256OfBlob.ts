import { createHash } from "node:crypto";
import type { BlobClient } from "@azure/storage-blob";
import { inTime } from "../../storage/onDemand.ts";
import { readPart } from "../../storage/readPart.ts";

/** What was stored. */
export interface Copied {
  /** Bytes. */
  length: number;
  /** SHA-256 of the whole file, hex. */
  sha256: string;
}

/** Length and SHA-256 of a blob, read as a stream. @throws what storage answers, and when it falls silent */
export async function sha256OfBlob(blob: BlobClient): Promise<Copied> {
  const { etag = "", contentLength: end = 0 } = await blob.getProperties({ abortSignal: inTime() });
  const hash = createHash("sha256");
  let length = 0;
  for await (const bytes of await readPart(blob, { etag, start: 0, end })) {
    hash.update(bytes);
    length += bytes.length;
  }
  return { length, sha256: hash.digest("hex") };
}
