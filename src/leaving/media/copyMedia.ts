// Copies a file of container `recordings` beside the records. A file that is there already, whole, is not fetched again.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { container } from "../../storage/blobs.ts";
import { inTime } from "../../storage/onDemand.ts";
import { readPart } from "../../storage/readPart.ts";
import { unlessMissing } from "../../storage/unlessMissing.ts";
import type { MediaFile } from "../schemas/recording.ts";

/** What a blob's name may be as a path: the names that the app gives (blobSegment). */
const safe = /^[\w!@+-][\w.!@+-]*(\/[\w!@+-][\w.!@+-]*)+$/;

/** `erased`: by a tombstone. `missing`: not there, or another one than was archived. */
export type Copied = MediaFile | "erased" | "missing";

/** @param sha256 hex, as the ledger has it; absent when nobody knows */
export async function copyMedia(root: string, blob: string, sha256?: string): Promise<Copied> {
  if (!safe.test(blob)) return "missing";
  const path = `media/${blob}`;
  const target = join(root, path);
  const client = (await container("recordings")).getBlobClient(blob);
  const found = await unlessMissing(() => client.getProperties({ abortSignal: inTime() }));
  if (!found) return "missing";
  if (found.metadata?.tombstone !== undefined && sha256 !== undefined) return "erased";
  const length = found.contentLength ?? 0;
  const here = await stat(target).catch(() => undefined);
  if (here?.size === length) {
    const known = await hashesOf(createReadStream(target));
    if (sha256 === undefined || known.sha256 === sha256) return { path, length, ...known };
  }
  await mkdir(dirname(target), { recursive: true });
  const file = await open(`${target}.part`, "w");
  let fetched: { sha256: string; sha512: string };
  try {
    const parts = await readPart(client, { etag: found.etag ?? "", start: 0, end: length });
    fetched = await hashesOf(parts, (part) => file.appendFile(part));
  } finally {
    await file.close();
  }
  if (sha256 !== undefined && fetched.sha256 !== sha256) return "missing";
  await rename(`${target}.part`, target);
  return { path, length, ...fetched };
}

async function hashesOf(parts: AsyncIterable<Uint8Array>, write?: (part: Uint8Array) => Promise<void>) {
  const [sha256, sha512] = [createHash("sha256"), createHash("sha512")];
  for await (const part of parts) {
    sha256.update(part);
    sha512.update(part);
    await write?.(part);
  }
  return { sha256: sha256.digest("hex"), sha512: sha512.digest("base64url") };
}
