import { container } from "../../storage/blobs.ts";
import { contentOf, reading } from "../../storage/contentOf.ts";
import { blobSegment } from "../../storage/keys.ts";
import { httpStatus } from "../../storage/onDemand.ts";
import type { Manifest } from "./manifest.ts";

/** Blob name of a recording's manifest in container `recordings`. */
export function manifestName(recordingId: string): string {
  return `${blobSegment(recordingId)}/manifest.json`;
}

/**
 * A recording's manifest as it lies there, with its ETag; undefined when there is none. One that somebody spoilt has no value: it is
 * derived, and written anew.
 */
export async function readManifest(recordingId: string): Promise<{ value?: Manifest; etag: string } | undefined> {
  const blob = (await container("recordings")).getBlobClient(manifestName(recordingId));
  try {
    const answer = await blob.download(0, undefined, reading());
    const value = parse((await contentOf(answer)).toString("utf8"));
    return { etag: answer.etag ?? "", ...(value && { value }) };
  } catch (error) {
    if (httpStatus(error) === 404) return undefined;
    throw error;
  }
}

function parse(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as Partial<Manifest> | null;
    return Array.isArray(value?.chunks) ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}
