import { type ContainerName, container } from "./blobs.ts";
import { httpStatus, inTime } from "./onDemand.ts";

/** Deletes a blob with its snapshots and former versions; what is not there is no trouble. */
export async function deleteWhole(containerName: ContainerName, name: string): Promise<void> {
  const client = await container(containerName);
  const blob = client.getBlobClient(name);
  try {
    const { versionId } = await blob.getProperties({ abortSignal: inTime() });
    await blob.delete({ deleteSnapshots: "include", abortSignal: inTime() });
    if (versionId === undefined) return;
    for await (const item of client.listBlobsFlat({ prefix: name, includeVersions: true })) {
      if (item.name !== name || !item.versionId) continue;
      await blob.withVersion(item.versionId).delete({ abortSignal: inTime() }).catch(unlessGone);
    }
  } catch (error) {
    unlessGone(error);
  }
}

function unlessGone(error: unknown): void {
  if (httpStatus(error) !== 404) throw error;
}
