import { hash } from "node:crypto";
import { type ContainerName, container } from "./blobs.ts";
import { deleteOldCopies } from "./oldCopies.ts";
import { inTime, onDemand } from "./onDemand.ts";

export interface Replacement {
  tombstone: string;
  /** JSON that stands there from now on. */
  content: string;
  /** Of what is replaced; none writes whatever is there, or is not yet. */
  etag?: string;
  /** SHA-256 of what is replaced, as far as known. */
  before?: string | undefined;
  /** When it was first written: replacing a blob makes it a new one. */
  storedAt?: Date | undefined;
}

/**
 * Puts something in the place of a blob that is erased or redacted; its name stays, so that whoever brings the thing again finds that it is
 * erased. Snapshots and former versions go.
 * @throws 412 when the blob is another one by now
 */
export async function replaceErased(containerName: ContainerName, name: string, by: Replacement): Promise<void> {
  const client = await container(containerName);
  const blob = client.getBlockBlobClient(name);
  const { tombstone, content, etag, before, storedAt } = by;
  const metadata = {
    ...{ tombstone, sha256: hash("sha256", content) },
    ...(before && { before }),
    ...(storedAt && { storedat: storedAt.toISOString() }),
  };
  const upload = () =>
    blob.upload(content, Buffer.byteLength(content), {
      ...(etag ? { conditions: { ifMatch: etag } } : {}),
      metadata,
      blobHTTPHeaders: { blobContentType: "application/json" },
      abortSignal: inTime(),
    });
  const { versionId } = await onDemand(() => client.createIfNotExists(), upload);
  await deleteOldCopies(client, name, versionId);
}
