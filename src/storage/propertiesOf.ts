import type { BlobGetPropertiesResponse } from "@azure/storage-blob";
import { type ContainerName, container } from "./blobs.ts";
import { inTime } from "./onDemand.ts";
import { unlessMissing } from "./unlessMissing.ts";

/** What storage knows of a blob; undefined when it is not there. */
export async function propertiesOf(name: ContainerName, blob: string): Promise<BlobGetPropertiesResponse | undefined> {
  const client = (await container(name)).getBlobClient(blob);
  return unlessMissing(() => client.getProperties({ abortSignal: inTime() }));
}
