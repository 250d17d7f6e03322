// The bytes of a simulated recording: the same for the same seed, random enough that nothing compresses them, made
// while they are sent. One random page repeats, and each block of it begins with the block's number, so that bytes
// at different places differ and any range is as cheap as the first.
import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { GeneratedBody } from "./reply.ts";

const pageBytes = 1024 * 1024;
const blockBytes = 64 * 1024;

/** The content of `length` bytes that `seed` stands for. */
export function recordingBytes(seed: number, length: number): GeneratedBody {
  return {
    length,
    *bytes(start, end) {
      const page = randomPage(seed);
      for (let pageStart = start - (start % pageBytes); pageStart < end; pageStart += pageBytes) {
        // A copy each time: the socket still holds the one before.
        const copy = Buffer.from(page);
        for (let block = 0; block < pageBytes; block += blockBytes) {
          copy.writeDoubleLE(pageStart + block, block);
        }
        yield copy.subarray(Math.max(start - pageStart, 0), Math.min(end - pageStart, pageBytes));
      }
    },
  };
}

/** SHA-256 (hex) of a content, in turns so that the server goes on answering. */
export async function sha256Of(content: GeneratedBody): Promise<string> {
  const hash = createHash("sha256");
  for (const piece of content.bytes(0, content.length)) {
    hash.update(piece);
    await nextTurn();
  }
  return hash.digest("hex");
}

/** xorshift32 (Marsaglia 2003); the state must not be 0. */
function randomPage(seed: number): Buffer {
  const words = new Uint32Array(pageBytes / 4);
  let state = Math.imul(seed | 0, 2654435761) ^ 0x9e3779b9 || 1;
  for (let index = 0; index < words.length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return Buffer.from(words.buffer);
}
