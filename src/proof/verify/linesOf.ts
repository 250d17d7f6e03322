import { createHash } from "node:crypto";
import type { BlobClient } from "@azure/storage-blob";
import { inTime } from "../../storage/onDemand.ts";
import { readPart } from "../../storage/readPart.ts";

/** Reads a blob line by line. @returns SHA-256 of the whole, hex */
export async function* linesOf(blob: BlobClient): AsyncGenerator<string, string> {
  const { etag = "", contentLength: end = 0 } = await blob.getProperties({ abortSignal: inTime() });
  const whole = createHash("sha256");
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of await readPart(blob, { etag, start: 0, end })) {
    whole.update(bytes);
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
  return whole.digest("hex");
}
