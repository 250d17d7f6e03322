import type { BlobClient } from "@azure/storage-blob";
import { httpStatus } from "./onDemand.ts";

/** A part of a blob as it was with this ETag: the bytes from `start` up to but not including `end`. */
export interface BlobPart {
  etag: string;
  start: number;
  end: number;
}

/** Storage that sends nothing for this many milliseconds is given up; the SDK would wait for ever. */
const idleTimeout = 30_000;

/** Connections that break one after the other without having brought anything. */
const maxBroken = 3;

/**
 * Opens a part of a blob for reading; a connection that breaks is made anew where it broke. Whoever does not read to the end
 * closes the iterator, and with it the connection.
 * @throws what storage answers: at once, or later from the iterator; 412 when the blob is another one by now
 */
export async function readPart(blob: BlobClient, part: BlobPart): Promise<AsyncIterable<Uint8Array>> {
  const rest = read(blob, part);
  const first = await rest.next();
  return (async function* () {
    try {
      if (!first.done) yield first.value;
      yield* rest;
    } finally {
      await rest.return();
    }
  })();
}

async function* read(blob: BlobClient, { etag, start, end }: BlobPart): AsyncGenerator<Uint8Array, void, void> {
  let position = start;
  for (let broken = 0; position < end; ) {
    try {
      for await (const bytes of connect(blob, { etag, start: position, end })) {
        position += bytes.length;
        broken = 0;
        yield bytes;
      }
      if (position < end) throw new Error("Storage sent less of a blob than it announced.");
    } catch (error) {
      const status = httpStatus(error) ?? 0;
      if (++broken >= maxBroken || (status >= 400 && status < 500)) throw error;
    }
  }
}

async function* connect(blob: BlobClient, { etag, start, end }: BlobPart): AsyncGenerator<Uint8Array> {
  const silence = new AbortController();
  const inTime = async <T>(work: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => silence.abort(), idleTimeout);
    return work.finally(() => clearTimeout(timer));
  };
  const options = { conditions: { ifMatch: etag }, abortSignal: silence.signal, maxRetryRequests: 0 };
  const { readableStreamBody } = await inTime(blob.download(start, end - start, options));
  const parts = readableStreamBody?.[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await (parts && inTime(parts.next()));
      if (!next || next.done) return;
      yield typeof next.value === "string" ? Buffer.from(next.value) : next.value;
    }
  } finally {
    await parts?.return?.();
  }
}
