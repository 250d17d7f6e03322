// Writes a stream of unknown length into a blob, so that its length never matters for memory. Nothing is visible before the commit, and the
// first writer wins.
import { randomBytes } from "node:crypto";
import type { BlockBlobClient } from "@azure/storage-blob";
import { storageErrorCode } from "./onDemand.ts";

/** 4 MiB x 50,000 blocks = 195 GiB. */
const blockSize = 4 * 1024 * 1024;

/** A block that storage does not take within this many milliseconds has failed; the SDK would wait for ever. */
const blockTimeout = 60_000;

/** What the blob gets when it is committed; asked for at that moment. */
export interface Finish {
  contentType: string;
  metadata: Record<string, string>;
}

/** @returns whether it was committed; false when there is a blob already, which stays as it is */
export async function stageStream(
  target: BlockBlobClient,
  parts: AsyncIterable<Uint8Array>,
  finish: () => Finish,
): Promise<boolean> {
  // Two writers of one blob must not stage blocks of one name.
  const run = randomBytes(6).toString("hex");
  const ids: string[] = [];
  let pending: Promise<unknown> = Promise.resolve();
  const buffers = [Buffer.allocUnsafeSlow(blockSize), Buffer.allocUnsafeSlow(blockSize)];
  let filled = 0;
  const stage = async () => {
    const [bytes = Buffer.alloc(0)] = buffers;
    const block = bytes.subarray(0, filled);
    const id = Buffer.from(`${run}${String(ids.length).padStart(6, "0")}`).toString("base64");
    // One block is on its way while the next is filled.
    await pending;
    const staged = target.stageBlock(id, block, filled, { abortSignal: AbortSignal.timeout(blockTimeout) });
    pending = staged;
    staged.catch(() => {});
    ids.push(id);
    buffers.reverse();
    filled = 0;
  };
  for await (const part of parts) {
    for (let taken = 0; taken < part.length; ) {
      const [bytes = Buffer.alloc(0)] = buffers;
      const some = part.subarray(taken, taken + blockSize - filled);
      bytes.set(some, filled);
      taken += some.length;
      filled += some.length;
      if (filled === blockSize) await stage();
    }
  }
  if (filled > 0) await stage();
  await pending;
  const { contentType, metadata } = finish();
  try {
    await target.commitBlockList(ids, {
      conditions: { ifNoneMatch: "*" },
      blobHTTPHeaders: { blobContentType: contentType },
      metadata,
      abortSignal: AbortSignal.timeout(blockTimeout),
    });
    return true;
  } catch (error) {
    // Its commit took the blocks of all others away.
    if (["BlobAlreadyExists", "InvalidBlockList"].includes(storageErrorCode(error) ?? "")) return false;
    throw error;
  }
}
