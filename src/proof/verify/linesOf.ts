import { createHash } from "node:crypto";
import type { BlobClient } from "@azure/storage-blob";
import { inTime } from "../../storage/onDemand.ts";
import { readPart } from "../../storage/readPart.ts";
import { splitLines } from "./splitLines.ts";

/** Reads a blob line by line. @returns SHA-256 of the whole, hex */
export async function* linesOf(blob: BlobClient): AsyncGenerator<string, string> {
  const { etag = "", contentLength: end = 0 } = await blob.getProperties({ abortSignal: inTime() });
  const whole = createHash("sha256");
  async function* decoded() {
    const decoder = new TextDecoder();
    for await (const bytes of await readPart(blob, { etag, start: 0, end })) {
      whole.update(bytes);
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder.decode();
  }
  yield* splitLines(decoded());
  return whole.digest("hex");
}
