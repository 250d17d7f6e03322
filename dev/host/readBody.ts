import type { IncomingMessage } from "node:http";

const maxBytes = 104_857_600; // the real host's limit (Kestrel, FUNCTIONS_REQUEST_BODY_SIZE_LIMIT)

/** Reads a request's whole body. @returns undefined if it is larger than 100 MB */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
    else chunks.length = 0; // the rest is read and dropped, so that the sender sees the answer
  }
  return length <= maxBytes ? Buffer.concat(chunks) : undefined;
}
