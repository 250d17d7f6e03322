import type { ManifestChunk } from "../manifest/manifest.ts";

type Listed = Pick<ManifestChunk, "index" | "blob" | "length" | "sha256" | "metadata">;

/** What a manifest lists; undefined when a blob of that name is none. A manifest that somebody edited must not stop a verification. */
export function parseManifest(content: Buffer): { recordingId: string; chunks: Listed[] } | undefined {
  try {
    const { recordingId, chunks } = JSON.parse(content.toString("utf8")) as Record<string, unknown>;
    if (typeof recordingId !== "string" || !Array.isArray(chunks) || !chunks.every(isListed)) return undefined;
    return { recordingId, chunks };
  } catch {
    return undefined;
  }
}

function isListed(value: unknown): value is Listed {
  if (typeof value !== "object" || value === null) return false;
  const { index, blob, length, sha256, metadata } = value as Record<string, unknown>;
  const text = (member: unknown) => member === undefined || typeof member === "string";
  const number = (member: unknown) => member === undefined || typeof member === "number";
  return typeof index === "number" && [blob, sha256, metadata].every(text) && number(length);
}
