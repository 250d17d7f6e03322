import { createHash } from "node:crypto";
import { Semaphore } from "async-mutex";
import { type ContainerName, container } from "./blobs.ts";
import { inTime, onDemand, storageErrorCode } from "./onDemand.ts";

/** Calls at once in this process, and so the sockets that it takes. */
const connections = new Semaphore(32);

export interface Written {
  blob: string;
  /** When the blob was first written, the same for every later attempt. */
  storedAt: Date;
  /** False when the blob was there already. */
  created: boolean;
}

/**
 * Writes a JSON document, as text or as the bytes received, under a name that is derived from its identity. The first writer
 * wins; a second finds the blob there and changes nothing.
 * @throws whatever storage throws when it is down; a retry cures it
 */
export function writeOnce(containerName: ContainerName, blob: string, json: string | Buffer): Promise<Written> {
  return connections.runExclusive(() => write(containerName, blob, json));
}

async function write(containerName: ContainerName, blob: string, json: string | Buffer): Promise<Written> {
  const client = await container(containerName);
  const target = client.getBlockBlobClient(blob);
  const upload = () =>
    target.upload(json, Buffer.byteLength(json), {
      conditions: { ifNoneMatch: "*" },
      abortSignal: inTime(),
      // With an MD5, Azurite spares itself a CRC64 in JavaScript (1.2 -> 1.0 ms a blob), and any reader can check the blob.
      blobHTTPHeaders: { blobContentType: "application/json", blobContentMD5: createHash("md5").update(json).digest() },
    });
  try {
    const { lastModified } = await onDemand(() => client.createIfNotExists(), upload);
    return { blob, storedAt: lastModified ?? new Date(), created: true };
  } catch (error) {
    if (storageErrorCode(error) !== "BlobAlreadyExists") throw error;
    const { createdOn } = await target.getProperties({ abortSignal: inTime() });
    return { blob, storedAt: createdOn ?? new Date(), created: false };
  }
}
