import { createHash } from "node:crypto";
import type { BlobClient } from "@azure/storage-blob";
import { sha256OfBlob } from "../../recordings/archiving/sha256OfBlob.ts";
import { type ContainerName, container } from "../../storage/blobs.ts";
import { inTime } from "../../storage/onDemand.ts";
import { unlessMissing } from "../../storage/unlessMissing.ts";
import type { Mention } from "./buckets.ts";
import type { Explanations } from "./explained.ts";

/** Bytes that are read in one go. */
const short = 256 * 1024;

export type Verdict =
  | { state: "whole" | "unsealed"; bytes: number }
  /** `gone`: it was there when its container was listed, and nothing speaks of it. */
  | { state: "erased" | "ended" | "gone" }
  | { state: "differs"; why: string };

/** Reads an object again, and compares it with all that is said of it. */
export async function checkObject(
  mentions: readonly [Mention, ...Mention[]],
  { isErased, isEnded }: Explanations,
): Promise<Verdict> {
  const [{ container: where, name }] = mentions;
  const said = mentions.flatMap(({ listed }) => listed ?? []);
  const blob = (await container(where as ContainerName)).getBlobClient(name);
  const stored = await unlessMissing(() => hashOf(blob));
  if (!stored) return missing({ container: where, name }, said, isEnded);

  // An earlier version of the app indexed without hashes; what is not sealed of that has nothing to be compared with.
  const hashes = new Set(said.map(({ sha256 }) => sha256).filter((sha256) => sha256 !== ""));
  const same = said.some(({ sha256, length }) => sha256 === stored.sha256 && length === stored.length);
  if (hashes.size <= 1 && (same || (said.length > 0 && hashes.size === 0))) {
    return { state: said.some(({ sealed }) => sealed) ? "whole" : "unsealed", bytes: stored.length };
  }
  const properties = await unlessMissing(() => blob.getProperties({ abortSignal: inTime() }));
  if (await isErased(properties?.metadata?.tombstone)) return { state: "erased" };
  if (said.length === 0) return { state: "differs", why: "is in no seal, and is not indexed: somebody added it" };
  if (same) return { state: "differs", why: "is sealed with different hashes: it was replaced" };
  return {
    state: "differs",
    why: `has SHA-256 ${stored.sha256} (${stored.length} bytes) instead of ${[...hashes].join(" or ")} (${said[0]?.length} bytes)`,
  };
}

/** In one call, unless it is long: then connections may break, and are made anew. */
async function hashOf(blob: BlobClient): Promise<{ sha256: string; length: number }> {
  const { readableStreamBody, contentLength = 0 } = await blob.download(0, undefined, { abortSignal: inTime() });
  if (contentLength > short) {
    // Whoever is not read to the end is closed.
    for await (const _ of readableStreamBody ?? []) break;
    return sha256OfBlob(blob);
  }
  const whole = createHash("sha256");
  let length = 0;
  for await (const bytes of readableStreamBody ?? []) {
    whole.update(bytes);
    length += bytes.length;
  }
  return { sha256: whole.digest("hex"), length };
}

async function missing(
  object: { container: string; name: string },
  said: readonly { storedAt: string }[],
  isEnded: Explanations["isEnded"],
): Promise<Verdict> {
  if (said.length === 0) return { state: "gone" };
  for (const { storedAt } of said) if (await isEnded({ ...object, storedAt })) return { state: "ended" };
  return { state: "differs", why: "is not there" };
}
