import type { BlobItem, ContainerClient } from "@azure/storage-blob";
import { httpStatus, inTime } from "./onDemand.ts";

/**
 * Deletes all snapshots of a blob, and all versions but the present one. With soft delete they can be restored until its days are over; with
 * versions under a policy that forbids it, storage refuses, and that is thrown.
 * @param versionId of the present version; undefined in an account without versions
 */
export async function deleteOldCopies(
  container: ContainerClient,
  name: string,
  versionId: string | undefined,
): Promise<void> {
  const blob = container.getBlobClient(name);
  await blob.delete({ deleteSnapshots: "only", abortSignal: inTime() }).catch(unlessGone);
  if (versionId === undefined) return;
  for await (const page of container.listBlobsFlat({ prefix: name, includeVersions: true }).byPage()) {
    for (const version of oldVersions(page.segment.blobItems, name, versionId)) {
      await blob.withVersion(version).delete({ abortSignal: inTime() }).catch(unlessGone);
    }
  }
}

/** The versions of a blob in a listing that are not the present one; the prefix of a listing finds other blobs too. */
export function oldVersions(
  items: readonly Pick<BlobItem, "name" | "versionId" | "isCurrentVersion" | "deleted">[],
  name: string,
  present: string,
): string[] {
  return items.flatMap((item) => {
    const old = item.name === name && !item.deleted && !item.isCurrentVersion && item.versionId !== present;
    return old && item.versionId ? [item.versionId] : [];
  });
}

function unlessGone(error: unknown): void {
  if (httpStatus(error) !== 404) throw error;
}
