// An owner's document in container `config`, and the app's copy of the last valid one, `in-force/{name}`. The app may be gone when the
// owner breaks a document; what was in force must be known to the process that comes next.
import { container } from "../storage/blobs.ts";
import { contentOf } from "../storage/contentOf.ts";
import { httpStatus, inTime, storageErrorCode } from "../storage/onDemand.ts";
import { unlessMissing } from "../storage/unlessMissing.ts";

export interface ConfigBlob {
  text: string;
  etag: string;
  modified: Date;
}

/** The owner's document; undefined when there is none, `unchanged` when its ETag is still `etag`. */
export async function readConfig(name: string, etag?: string): Promise<ConfigBlob | "unchanged" | undefined> {
  return await download(name, etag);
}

/** The text of the last valid document that was in force; undefined when there is none. */
export async function readCopy(name: string): Promise<string | undefined> {
  const copy = await download(copyOf(name));
  return copy === undefined || copy === "unchanged" ? undefined : copy.text;
}

/**
 * Keeps a valid document as the copy. Writes only when the copy is of another version, and not over that of a later one, which another
 * process may have put there meanwhile.
 * @returns whether it wrote
 */
export async function keepCopy(name: string, { text, etag, modified }: ConfigBlob): Promise<boolean> {
  const blob = await blobOf(copyOf(name));
  const there = await unlessMissing(() => blob.getProperties({ abortSignal: inTime() }));
  const { of, modified: since = "" } = there?.metadata ?? {};
  if (of === etag || since > modified.toISOString()) return false;
  try {
    await blob.upload(text, Buffer.byteLength(text), {
      conditions: there?.etag ? { ifMatch: there.etag } : { ifNoneMatch: "*" },
      metadata: { of: etag, modified: modified.toISOString() },
      blobHTTPHeaders: { blobContentType: "application/json" },
      abortSignal: inTime(),
    });
    return true;
  } catch (error) {
    // Another process was faster.
    if (["BlobAlreadyExists", "ConditionNotMet"].includes(storageErrorCode(error) ?? "")) return false;
    throw error;
  }
}

/** Forgets the copy: the owner took the document away. */
export async function dropCopy(name: string): Promise<void> {
  const blob = await blobOf(copyOf(name));
  await unlessMissing(() => blob.delete({ abortSignal: inTime() }));
}

const copyOf = (name: string) => `in-force/${name}`;

const blobOf = async (name: string) => (await container("config")).getBlockBlobClient(name);

async function download(name: string, etag?: string): Promise<ConfigBlob | "unchanged" | undefined> {
  const blob = await blobOf(name);
  const conditions = etag ? { ifNoneMatch: etag } : {};
  try {
    const answer = await blob.download(0, undefined, { conditions, abortSignal: inTime() });
    const text = (await contentOf(answer)).toString("utf8");
    return { text, etag: answer.etag ?? "", modified: answer.lastModified ?? new Date(0) };
  } catch (error) {
    const status = httpStatus(error);
    if (status === 304) return "unchanged";
    if (status === 404) return undefined;
    throw error;
  }
}
