import { container } from "../../storage/blobs.ts";
import { rememberedEnd } from "../chainEnd.ts";
import { folderOf, headName, type SealEntry, type SealHead } from "../head.ts";
import { listHeads } from "../listHeads.ts";
import { readHead } from "../readHead.ts";
import { readEntries } from "./readEntries.ts";
import type { Trust } from "./trust.ts";

/** A seal that ends so much (milliseconds) after now is of no clock that is a little wrong. */
const ahead = 2 * 86_400_000;

export interface Chain {
  seals: number;
  /** End of the last span, milliseconds since 1970; undefined without any seal. */
  to: number | undefined;
}

/**
 * Walks the chain of seals from the first: each must be there, follow the one before, and have its parts as they were.
 * @param trust what is known from elsewhere, against a chain that somebody made anew
 * @param found given each entry of each part
 * @param differs told of what is not as it should be
 */
export async function walkChain(
  trust: Trust,
  found: (entry: SealEntry) => void,
  differs: (what: string) => void,
): Promise<Chain> {
  const remembered = await rememberedEnd();
  const chain: Chain = { seals: 0, to: undefined };
  /** Heads that the next may follow: the last, and the one before it if the last did not follow that. */
  let before: { seq: number; sha256: string; to: string }[] = [];
  let last = 0;
  for await (const item of listHeads()) {
    const stored = "seq" in item ? await readHead(item.seq) : undefined;
    const head = stored?.head;
    if (!("seq" in item) || !stored || head?.seq !== item.seq) {
      differs(`seals/${"seq" in item ? headName(item.seq) : item.stray} is no seal`);
      continue;
    }
    const { seq } = item;
    const { sha256 } = stored;
    const parent = before.find((one) => one.sha256 === head.previous);
    const isFirst = before.length === 0 && head.previous === null;
    const gap = !parent && !isFirst && seq > last + 1;
    if (gap) {
      differs(`${missing(last + 1, seq - 1)} not there`);
      // The one that is missing is known by the one that follows it.
      if (head.previous) trust.saw({ seq: seq - 1, sha256: head.previous });
    } else if (!parent && !isFirst) {
      differs(`seals/${headName(seq)} does not follow ${namesOf(before)}: one of them was changed`);
    } else if (parent && parent.to !== head.from) {
      differs(`seals/${headName(seq)} begins at ${head.from}, and the seal before it ends at ${parent.to}`);
    }
    const to = Date.parse(head.to);
    if (to > Date.now() + ahead) differs(`seals/${headName(seq)} ends at ${head.to}, which is yet to come`);
    else chain.to = Math.max(chain.to ?? 0, to);
    trust.saw({ seq, sha256, head });
    before = [{ seq, sha256, to: head.to }, ...(parent || gap ? [] : before.slice(0, 1))];
    last = seq;
    chain.seals++;
    await readParts(head, found, differs);
  }
  if (remembered && remembered.seq > last) differs(`${missing(last + 1, remembered.seq)} not there`);
  if (remembered) trust.remembers(remembered);
  trust.judge(differs);
  return chain;
}

async function readParts(head: SealHead, found: (entry: SealEntry) => void, differs: (what: string) => void) {
  const seals = await container("seals");
  for (const { name, sha256, entries } of head.parts) {
    // A head that somebody made must lead to no other seal's parts.
    const own = name.startsWith(`${folderOf(head.seq)}/`);
    const part = own ? await readEntries(seals.getBlobClient(name), found) : undefined;
    if (!part) differs(`seals/${name} is not there`);
    else if (part.sha256 !== sha256 || part.entries !== entries) differs(`seals/${name} was changed`);
  }
}

const namesOf = (heads: readonly { seq: number }[]) => heads.map(({ seq }) => headName(seq)).join(" or ") || "nothing";

function missing(first: number, last: number): string {
  return first === last ? `seals/${headName(first)} is` : `seals/${headName(first)} to ${headName(last)} are`;
}
