// Bodies that are sent as fast as their reader takes them. With HTTP streaming on, @azure/functions (4.16.5, sendProxyResponse) writes
// all that a body gives without waiting, also when nobody is there any more: a slow reader would fill the memory, and one who
// went away would cost the whole file. The body itself can wait, once it knows the response that it goes into.
import type { ServerResponse } from "node:http";
import type { ReadableStream } from "node:stream/web";
import type { InvocationContext } from "@azure/functions";
import { openResponse } from "./openResponse.ts";

/**
 * No answer takes longer than this, in milliseconds. A function over its time (functionTimeout in host.json, 30 minutes) would cost the
 * process and all that runs in it; a reader who is cut off asks for the rest by range.
 */
const longest = 25 * 60_000;

/**
 * A function that makes the body of an invocation's response from its parts. To be called before anything is waited for, as long as
 * the request is there. The parts are closed when the reader goes away; when they fail, the connection is cut, so that the reader
 * cannot take a part for the whole.
 */
export function pacedBody(
  context: InvocationContext,
): (parts: AsyncIterable<Uint8Array>) => ReadableStream<Uint8Array> {
  const response = openResponse(context.invocationId);
  return (parts) => globalThis.ReadableStream.from(response ? paced(parts, response) : parts);
}

async function* paced(parts: AsyncIterable<Uint8Array>, response: ServerResponse): AsyncGenerator<Uint8Array> {
  const end = setTimeout(() => response.destroy(), longest);
  try {
    for await (const part of parts) {
      yield part;
      if (response.writableNeedDrain && !response.destroyed) await drained(response);
      if (response.destroyed) return;
    }
  } catch (error) {
    response.destroy();
    throw error;
  } finally {
    clearTimeout(end);
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}
