// What a handler answers. Handlers never touch the socket, so that a fault can change or lose any answer.
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** A body made while it is sent. */
export interface GeneratedBody {
  length: number;
  /** The bytes from `start` up to but not including `end`. */
  bytes(start: number, end: number): Iterable<Buffer>;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: Buffer | GeneratedBody;
  /** The connection is destroyed after so many bytes of the body. */
  cutAfter?: number;
  /** At most so many bytes of the body per second. */
  bytesPerSecond?: number;
  /** Called with a number of bytes of the body when they have left this process. */
  onWritten?: (bytes: number) => void;
}

/** An answer with a JSON body. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/**
 * Writes a reply, as fast as the reader takes it or as slow as the reply says.
 * Returns when it is sent, or when the reader has gone.
 */
export async function sendReply(response: ServerResponse, reply: Reply): Promise<void> {
  const body = reply.body ?? Buffer.alloc(0);
  const cutAfter = reply.cutAfter ?? Infinity;
  const headers: Record<string, string> = { ...reply.headers };
  if (reply.status !== 204) {
    headers["content-length"] = String(body.length);
  }
  response.writeHead(reply.status, headers);
  const end = Math.min(body.length, cutAfter);
  const pieces = Buffer.isBuffer(body) ? [body.subarray(0, end)] : body.bytes(0, end);
  for (const piece of reply.bytesPerSecond ? slices(pieces, Math.ceil(reply.bytesPerSecond / 20)) : pieces) {
    if (response.destroyed) {
      return;
    }
    if (!response.write(piece, (error) => error || reply.onWritten?.(piece.length))) {
      await drained(response);
    }
    if (reply.bytesPerSecond) {
      await delay((piece.length / reply.bytesPerSecond) * 1000);
    }
  }
  if (cutAfter === Infinity) {
    response.end();
  } else {
    // Only what has left the process can reach the reader before the connection breaks.
    response.write("", () => response.destroy());
  }
}

async function drained(response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  const stop = () => gone.abort();
  response.once("close", stop);
  try {
    await once(response, "drain", { signal: gone.signal });
  } catch (error) {
    if (!gone.signal.aborted) {
      throw error;
    }
  } finally {
    response.off("close", stop);
  }
}

function* slices(pieces: Iterable<Buffer>, size: number): Generator<Buffer> {
  for (const piece of pieces) {
    for (let start = 0; start < piece.length; start += size) {
      yield piece.subarray(start, start + size);
    }
  }
}
