import { createHash, hash } from "node:crypto";
import { Semaphore } from "async-mutex";
import { type ContainerName, container } from "./blobs.ts";
import { inTime, onDemand, storageErrorCode } from "./onDemand.ts";

/** Calls at once in this process, and so the sockets that it takes. */
const connections = new Semaphore(32);

export interface Written {
  blob: string;
  /** When the blob was first written, the same for every later attempt. */
  storedAt: Date;
  /** Storage's time when it said so. */
  at?: Date;
  /** False when the blob was there already. */
  created: boolean;
  /** SHA-256 (hex) of the blob as it was first written; absent for one that an earlier version of the app wrote. */
  sha256?: string;
  /** Of the blob, in bytes. */
  length?: number;
  /**
   * What was here was erased or redacted, by the tombstone of this id; it must not be read from what arrived again. Absent where what is
   * written is just what was left of it.
   */
  tombstone?: string;
}

/**
 * Writes a JSON document, as text or as the bytes received, under a name that is derived from its identity. The first writer
 * wins; a second finds the blob there and changes nothing.
 * @param tombstone of the erasure by which this is what is left of what it was, or its stub: who brings the whole of it finds that
 * @throws whatever storage throws when it is down; a retry cures it
 */
export function writeOnce(
  containerName: ContainerName,
  blob: string,
  json: string | Buffer,
  tombstone?: string,
): Promise<Written> {
  return connections.runExclusive(() => write(containerName, blob, json, tombstone));
}

async function write(
  containerName: ContainerName,
  blob: string,
  json: string | Buffer,
  left: string | undefined,
): Promise<Written> {
  const client = await container(containerName);
  const target = client.getBlockBlobClient(blob);
  const sha256 = hash("sha256", json);
  const upload = () =>
    target.upload(json, Buffer.byteLength(json), {
      conditions: { ifNoneMatch: "*" },
      // A redelivery may differ in what its identity leaves out: the hash is that of what is kept.
      metadata: { sha256, ...(left && { tombstone: left }) },
      abortSignal: inTime(),
      // With an MD5, Azurite spares itself a CRC64 in JavaScript (1.2 -> 1.0 ms a blob), and any reader can check the blob.
      blobHTTPHeaders: { blobContentType: "application/json", blobContentMD5: createHash("md5").update(json).digest() },
    });
  try {
    const { lastModified, date: at } = await onDemand(() => client.createIfNotExists(), upload);
    const storedAt = lastModified ?? new Date();
    return { blob, storedAt, created: true, sha256, length: Buffer.byteLength(json), ...(at && { at }) };
  } catch (error) {
    if (storageErrorCode(error) !== "BlobAlreadyExists") throw error;
    const { createdOn, date: at, contentLength, metadata = {} } = await target.getProperties({ abortSignal: inTime() });
    const { sha256: first, tombstone } = metadata;
    return {
      ...{ blob, storedAt: createdOn ?? new Date(), created: false },
      ...(at && { at }),
      ...(contentLength !== undefined && { length: contentLength }),
      ...(first && { sha256: first }),
      ...(tombstone && !(left && first === sha256) && { tombstone }),
    };
  }
}
