import { type ContainerName, container } from "./blobs.ts";
import { httpStatus, inTime } from "./onDemand.ts";

/** Whether a blob that is written once is there; `erased`: a tombstone stands in its place. */
export async function blobState(containerName: ContainerName, blob: string): Promise<"absent" | "kept" | "erased"> {
  const client = await container(containerName);
  try {
    const { metadata } = await client.getBlockBlobClient(blob).getProperties({ abortSignal: inTime() });
    return metadata?.tombstone === undefined ? "kept" : "erased";
  } catch (error) {
    if (httpStatus(error) === 404) return "absent";
    throw error;
  }
}
