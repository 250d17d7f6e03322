import { container } from "../../storage/blobs.ts";
import { contentOf, reading } from "../../storage/contentOf.ts";
import { httpStatus, storageErrorCode } from "../../storage/onDemand.ts";

/** A JSON object of container `recordings`, e.g. a chunk's metadata file; undefined when it is not there, archived away, or none. */
export async function readRecordingJson(blob: string): Promise<object | undefined> {
  const client = (await container("recordings")).getBlobClient(blob);
  try {
    return jsonObject(await contentOf(await client.download(0, undefined, reading())));
  } catch (error) {
    if (httpStatus(error) === 404 || storageErrorCode(error) === "BlobArchived") return undefined;
    throw error;
  }
}

/** The JSON object of a file, with or without a byte order mark; undefined when it is none. */
export function jsonObject(file: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(file.toString("utf8").replace(/^\ufeff/, ""));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
