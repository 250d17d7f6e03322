import { blobSegment } from "../../storage/keys.ts";
import { readWhole } from "../../storage/wholeBlob.ts";
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
  const whole = await readWhole("recordings", manifestName(recordingId));
  if (!whole) return undefined;
  const value = parse(whole.content.toString("utf8"));
  return { etag: whole.etag, ...(value && { value }) };
}

function parse(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as Partial<Manifest> | null;
    return Array.isArray(value?.chunks) ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}
