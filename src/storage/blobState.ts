import type { ContainerName } from "./blobs.ts";
import { propertiesOf } from "./propertiesOf.ts";

/**
 * Whether a blob that is written once is there; `erased`: a tombstone stands in its place.
 * @param left SHA-256 of what is left of a thing out of which a person was taken: where just that stands, it is kept
 */
export async function blobState(
  containerName: ContainerName,
  blob: string,
  left?: string,
): Promise<"absent" | "kept" | "erased"> {
  const there = await propertiesOf(containerName, blob);
  if (!there) return "absent";
  const { tombstone, sha256 } = there.metadata ?? {};
  return tombstone === undefined || (left !== undefined && left === sha256) ? "kept" : "erased";
}
