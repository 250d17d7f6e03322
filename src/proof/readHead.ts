import { container } from "../storage/blobs.ts";
import { httpStatus, inTime } from "../storage/onDemand.ts";
import { headName, type SealHead, sha256Of } from "./head.ts";
import { parseHead } from "./parseHead.ts";

export interface StoredHead {
  /** Of the blob, hex. */
  sha256: string;
  /** Undefined when the blob is no head. */
  head: SealHead | undefined;
}

/** The head of a number as it is stored; undefined when there is none. */
export async function readHead(seq: number): Promise<StoredHead | undefined> {
  const seals = await container("seals");
  try {
    const content = await seals.getBlobClient(headName(seq)).downloadToBuffer(0, undefined, { abortSignal: inTime() });
    return { sha256: sha256Of(content), head: parseHead(content) };
  } catch (error) {
    if (httpStatus(error) === 404) return undefined;
    throw error;
  }
}
