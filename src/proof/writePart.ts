import { createHash } from "node:crypto";
import { container } from "../storage/blobs.ts";
import { inTime, onDemand } from "../storage/onDemand.ts";

/** Bytes of a block: what is in memory of a part of any length. */
const blockSize = 2 * 1024 * 1024;

/**
 * Writes lines into a blob of container `seals`, block by block; nothing is there before the last.
 * @returns SHA-256 of the whole, and the number of lines; undefined when there were none, and no blob then
 */
export async function writePart(
  name: string,
  lines: AsyncIterable<string>,
): Promise<{ sha256: string; entries: number } | undefined> {
  const seals = await container("seals");
  const target = seals.getBlockBlobClient(name);
  const whole = createHash("sha256");
  const blocks: string[] = [];
  let waiting: string[] = [];
  let length = 0;
  let entries = 0;
  const stage = async () => {
    const block = Buffer.from(waiting.join(""));
    const id = Buffer.from(String(blocks.length).padStart(6, "0")).toString("base64");
    waiting = [];
    length = 0;
    whole.update(block);
    const put = () => target.stageBlock(id, block, block.length, { abortSignal: inTime() });
    await onDemand(() => seals.createIfNotExists(), put);
    blocks.push(id);
  };
  for await (const line of lines) {
    waiting.push(line);
    length += line.length;
    entries++;
    if (length >= blockSize) await stage();
  }
  if (entries === 0) return undefined;
  if (waiting.length > 0) await stage();
  const blobHTTPHeaders = { blobContentType: "application/jsonl" };
  await target.commitBlockList(blocks, { blobHTTPHeaders, abortSignal: inTime() });
  return { sha256: whole.digest("hex"), entries };
}
