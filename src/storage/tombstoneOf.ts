import type { ContainerName } from "./blobs.ts";
import { propertiesOf } from "./propertiesOf.ts";

/** The tombstone of what was erased or redacted in a blob; undefined for another blob, and for none. */
export async function tombstoneOf(containerName: ContainerName, name: string): Promise<string | undefined> {
  return (await propertiesOf(containerName, name))?.metadata?.tombstone;
}
