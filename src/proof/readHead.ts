import { readWhole } from "../storage/wholeBlob.ts";
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
  const { content } = (await readWhole("seals", headName(seq))) ?? {};
  return content && { sha256: sha256Of(content), head: parseHead(content) };
}
