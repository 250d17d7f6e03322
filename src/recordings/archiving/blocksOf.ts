import { Semaphore, withTimeout } from "async-mutex";
import { AcsEventsError } from "../../events/errors.ts";

/** 8 MiB x 50,000 blocks = 390 GiB. Larger blocks copy no faster (`npm run bench -- recording`). */
export const blockSize = 8 * 1024 * 1024;

/**
 * A block must have its place, and be full, within so many milliseconds each: a source of less than 28 KB/s would keep one of few
 * places from all others, and never end within a function's time.
 */
const patience = 5 * 60_000;

/** Blocks in memory in the whole process, however many recordings are copied at once: 32 MiB, used again and again. */
const places = withTimeout(new Semaphore(4), patience, tooSlow());
const spare: Buffer[] = [];

export interface Block {
  bytes: Buffer;
  /** Gives its place to the next block; the bytes must not be used after that. */
  release(): void;
}

/**
 * Cuts a stream into blocks of `blockSize`, the last one shorter. A reader that stops early ends the stream.
 * @throws AcsEventsError ACS_EVENTS_RECORDING_TOO_SLOW (a retry may help), or what the stream throws
 */
export async function* blocksOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
  const parts = body[Symbol.asyncIterator]();
  const fill = filler(parts);
  try {
    for (;;) {
      const { bytes, release } = await freePlace();
      const filled = await fill(bytes).catch((error) => {
        release();
        throw error;
      });
      if (filled === 0) return release();
      yield { bytes: bytes.subarray(0, filled), release };
    }
  } finally {
    await parts.return?.();
  }
}

async function freePlace(): Promise<Block> {
  const [, leave] = await places.acquire();
  const bytes = spare.pop() ?? Buffer.allocUnsafeSlow(blockSize);
  const release = () => {
    spare.push(bytes);
    leave();
  };
  return { bytes, release };
}

/** A function that fills a buffer from the stream and tells how far; what a part holds beyond it goes into the next. */
function filler(parts: AsyncIterator<Uint8Array>): (target: Buffer) => Promise<number> {
  let rest: Uint8Array = new Uint8Array();
  return async (target) => {
    const until = performance.now() + patience;
    let filled = 0;
    while (filled < target.length) {
      if (rest.length === 0) {
        if (performance.now() > until) throw tooSlow();
        const { value, done } = await parts.next();
        if (done) break;
        rest = value;
      }
      const part = rest.subarray(0, target.length - filled);
      target.set(part, filled);
      filled += part.length;
      rest = rest.subarray(part.length);
    }
    return filled;
  };
}

function tooSlow(): AcsEventsError {
  const message = "ACS sends this recording too slowly to go on now. It is fetched again, from the last whole block.";
  return new AcsEventsError("ACS_EVENTS_RECORDING_TOO_SLOW", message, { retryable: true });
}
