import { type ContainerName, container } from "./blobs.ts";
import { contentOf, reading } from "./contentOf.ts";
import { httpStatus, inTime } from "./onDemand.ts";

/** An event holds 1 MB at most and a delivery of Event Grid not much more; a longer blob is none of theirs. */
const longest = 16 * 1024 * 1024;

export type JsonBlob =
  /** `tombstone`: of the erasure by which something of it, or all, was erased or redacted since it was written. */
  | { json: unknown; tombstone?: string | undefined }
  /** Why it cannot be read: it is gone, it is too long, or no JSON. */
  | { not: "there" | "short" | "JSON" };

/** The JSON of a blob, or why there is none. */
export async function readJsonBlob(containerName: ContainerName, blob: string): Promise<JsonBlob> {
  const client = (await container(containerName)).getBlockBlobClient(blob);
  try {
    const { metadata, contentLength = 0 } = await client.getProperties({ abortSignal: inTime() });
    if (contentLength > longest) return { not: "short" };
    const content = await contentOf(await client.download(0, undefined, reading()));
    return parsed(content.toString("utf8"), metadata?.tombstone);
  } catch (error) {
    if (httpStatus(error) === 404) return { not: "there" };
    throw error;
  }
}

function parsed(text: string, tombstone: string | undefined): JsonBlob {
  try {
    return { json: JSON.parse(text), tombstone };
  } catch {
    return { not: "JSON" };
  }
}
