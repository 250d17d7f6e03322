import { type ContainerName, container } from "./blobs.ts";
import { httpStatus, inTime } from "./onDemand.ts";

/** The tombstone of what was erased or redacted in a blob; undefined for another blob, and for none. */
export async function tombstoneOf(containerName: ContainerName, name: string): Promise<string | undefined> {
  const blob = (await container(containerName)).getBlobClient(name);
  try {
    return (await blob.getProperties({ abortSignal: inTime() })).metadata?.tombstone;
  } catch (error) {
    if (httpStatus(error) === 404) return undefined;
    throw error;
  }
}
