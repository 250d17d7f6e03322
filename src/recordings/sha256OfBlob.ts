import { createHash } from "node:crypto";
import type { BlockBlobClient } from "@azure/storage-blob";

/** What was stored. */
export interface Copied {
  /** Bytes. */
  length: number;
  /** SHA-256 of the whole file, hex. */
  sha256: string;
}

/** Length and SHA-256 of a blob, read as a stream. */
export async function sha256OfBlob(blob: BlockBlobClient): Promise<Copied> {
  const hash = createHash("sha256");
  let length = 0;
  for await (const part of (await blob.download()).readableStreamBody ?? []) {
    const bytes = Buffer.from(part);
    hash.update(bytes);
    length += bytes.length;
  }
  return { length, sha256: hash.digest("hex") };
}
