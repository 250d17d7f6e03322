import type { ContainerName } from "./blobs.ts";
import { propertiesOf } from "./propertiesOf.ts";

/** Whether a blob that is written once is there; `erased`: a tombstone stands in its place. */
export async function blobState(containerName: ContainerName, blob: string): Promise<"absent" | "kept" | "erased"> {
  const there = await propertiesOf(containerName, blob);
  if (!there) return "absent";
  return there.metadata?.tombstone === undefined ? "kept" : "erased";
}
