// Copies a recording into a blob in blocks, so that its size never matters for memory.
import { createHash } from "node:crypto";
import type { BlockBlobClient } from "@azure/storage-blob";
import type { OpenRecording } from "../../acs/openRecording.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { inTime, storageErrorCode } from "../../storage/onDemand.ts";
import { blockSize, blocksOf } from "./blocksOf.ts";
import { type Copied, sha256OfBlob } from "./sha256OfBlob.ts";

/** A block that storage does not take within this many milliseconds has failed; the SDK would wait for ever. */
const blockTimeout = 60_000;

/**
 * Copies what `open` gives into `target` and commits it; a blob that is there already stays as it is. A copy that was cut off
 * goes on where its staged blocks end: they are 8 MiB each whoever stages them, so two copies of one file never mix.
 * @param open opens the source from an offset (bytes)
 * @param mayGoOn asked after each block; with false the copy stops there, and all that was fetched is staged
 * @returns what was stored; undefined when it was stopped
 * @throws AcsEventsError ACS_EVENTS_RECORDING_TRUNCATED when the body is empty or shorter than announced; whatever the
 * source or storage throws when it breaks. Nothing is visible before the commit.
 */
export async function copyContent(
  open: (offset: number) => Promise<OpenRecording>,
  target: BlockBlobClient,
  contentType: string,
  mayGoOn: () => Promise<boolean>,
): Promise<Copied | undefined> {
  const source = await openRest(open, await stagedBlocks(target));
  const { offset, length: announced } = source;
  const whole = createHash("sha256");
  const staging: Promise<unknown>[] = [];
  const failures: unknown[] = [];
  let length = offset;
  let stopped = false;
  try {
    for await (const { bytes, release } of blocksOf(source.body)) {
      const partial = bytes.length < blockSize && announced !== undefined && length + bytes.length !== announced;
      if (failures.length > 0 || partial) {
        release();
        break;
      }
      whole.update(bytes);
      // The MD5 lets storage refuse a damaged block, and spares Azurite a CRC64 in JavaScript (87 -> 226 MB/s).
      const transactionalContentMD5 = createHash("md5").update(bytes).digest();
      const abortSignal = AbortSignal.timeout(blockTimeout);
      const id = blockId(length / blockSize);
      length += bytes.length;
      const staged = target
        .stageBlock(id, bytes, bytes.length, { transactionalContentMD5, abortSignal })
        .finally(release);
      // Without what stageBlock resolves with: it holds the request, and with it the block.
      staging.push(
        staged.then(
          () => {},
          (error) => void failures.push(error),
        ),
      );
      stopped = length !== announced && !(await mayGoOn());
      if (stopped) break;
    }
  } finally {
    // Whoever goes on must find all blocks that were fetched.
    await Promise.all(staging);
  }
  if (failures.length > 0) throw failures[0];
  if (stopped) return undefined;
  if (length === 0 || (announced !== undefined && length !== announced)) throw truncated(length, announced);
  const ours = await commit(target, Math.ceil(length / blockSize), contentType);
  // Of what an earlier run staged, or another committed, the hash is not known: the whole is read once.
  return ours && offset === 0 ? { length, sha256: whole.digest("hex") } : sha256OfBlob(target);
}

/**
 * Opens the source where the staged blocks end. A short block is the file's last one if the source has nothing behind it; else it
 * is of no use.
 */
async function openRest(
  open: (offset: number) => Promise<OpenRecording>,
  { whole, short }: { whole: number; short: number },
): Promise<OpenRecording> {
  const source = await open(whole + short);
  if (short === 0 || source.offset < whole + short || source.length === source.offset) return source;
  // Reading is what ends it.
  for await (const _ of source.body) break;
  return open(whole);
}

/** What an earlier run has staged, in bytes: the whole blocks from the first on, and the short one behind them. */
async function stagedBlocks(target: BlockBlobClient): Promise<{ whole: number; short: number }> {
  const staged = new Map<string, number>();
  try {
    for (const { name, size } of (await target.getBlockList("uncommitted", { abortSignal: inTime() }))
      .uncommittedBlocks ?? []) {
      staged.set(name, size);
    }
  } catch (error) {
    if (storageErrorCode(error) !== "BlobNotFound") throw error;
  }
  let count = 0;
  while (staged.get(blockId(count)) === blockSize) count++;
  return { whole: count * blockSize, short: staged.get(blockId(count)) ?? 0 };
}

function blockId(index: number): string {
  return Buffer.from(String(index).padStart(6, "0")).toString("base64");
}

function truncated(length: number, announced: number | undefined): AcsEventsError {
  return new AcsEventsError(
    "ACS_EVENTS_RECORDING_TRUNCATED",
    `The recording ended after ${length} of ${announced ?? "an unknown number of"} bytes. It is fetched again.`,
    { retryable: true },
  );
}

/** Makes the staged blocks the blob; false when another copy was first. */
async function commit(target: BlockBlobClient, blocks: number, blobContentType: string): Promise<boolean> {
  const ids = Array.from({ length: blocks }, (_, index) => blockId(index));
  try {
    await target.commitBlockList(ids, {
      conditions: { ifNoneMatch: "*" },
      blobHTTPHeaders: { blobContentType },
      abortSignal: AbortSignal.timeout(blockTimeout),
    });
    return true;
  } catch (error) {
    if (storageErrorCode(error) !== "BlobAlreadyExists") throw error;
    return false;
  }
}
