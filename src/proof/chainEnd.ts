// Where the chain of seals ends. A row of the ledger remembers it, which lies elsewhere than the seals: so a seal that somebody removed or
// wrote anew does not become the one that the next continues.
import { setting } from "../config.ts";
import { changeRow } from "../storage/changeRow.ts";
import { type Columns, read, type WorkKey } from "../storage/ledger.ts";
import { raiseProblem } from "../storage/problems.ts";
import { headName, type SealHead } from "./head.ts";
import { listHeads } from "./listHeads.ts";
import { readHead } from "./readHead.ts";
import { isSignedWith } from "./signing/isSignedWith.ts";

export interface ChainEnd extends Columns {
  seq: number;
  /** Of the head, hex. */
  sha256: string;
  /** End of its span, ISO 8601. */
  to: string;
}

const key: WorkKey = ["seal", "end"];

/** The end of the chain as the ledger remembers it. */
export async function rememberedEnd(): Promise<ChainEnd | undefined> {
  return (await read<ChainEnd>(key))?.row;
}

/** Remembers a later end of the chain. */
export async function rememberEnd(end: ChainEnd): Promise<void> {
  await changeRow<ChainEnd>(key, (row) => (row && row.seq >= end.seq ? undefined : end));
}

/**
 * What the next seal continues, and its number; `end` is undefined before the first.
 *
 *   remembered ──► +1, +2 … as long as each follows the one before (a crash kept them from being remembered)
 *                   └── one that does not follow is not ours: its number is passed over, and a problem tells of it
 */
export async function findEnd(now: Date): Promise<{ end: ChainEnd | undefined; next: number }> {
  let end = (await rememberedEnd()) ?? (await lastListed(now));
  if (end && (await readHead(end.seq))?.sha256 !== end.sha256) await raiseBroken(end.seq);
  for (let next = (end?.seq ?? 0) + 1; ; next++) {
    const stored = await readHead(next);
    if (!stored) return { end, next };
    if (stored.head && (await follows(stored.head, next, end, now))) {
      end = { seq: next, sha256: stored.sha256, to: stored.head.to };
    } else await raiseBroken(next);
  }
}

/**
 * Whether a head is one that this app wrote after the end. Somebody who can write there knows what goes before, so that alone says nothing:
 * a head that covers a time to come would keep all of that from being sealed.
 */
async function follows(head: SealHead, seq: number, end: ChainEnd | undefined, now: Date): Promise<boolean> {
  if (head.seq !== seq || head.previous !== (end?.sha256 ?? null)) return false;
  const [from, to] = [Date.parse(head.from), Date.parse(head.to)];
  if (to <= from || to > now.getTime() || (end && from !== Date.parse(end.to))) return false;
  const key = setting("SEAL_KEY");
  return key === undefined || isSignedWith(head, key);
}

/** Of a chain of which the ledger knows nothing: it was restored, or emptied. */
async function lastListed(now: Date): Promise<ChainEnd | undefined> {
  let last = 0;
  for await (const found of listHeads()) if ("seq" in found) last = found.seq;
  for (let seq = last; seq > 0; seq--) {
    const stored = await readHead(seq);
    const { to } = stored?.head ?? {};
    if (stored && to !== undefined && Date.parse(to) <= now.getTime()) return { seq, sha256: stored.sha256, to };
  }
  return undefined;
}

function raiseBroken(seq: number): Promise<void> {
  return raiseProblem({
    kind: "sealBroken",
    cause: "A seal is not there, or is not the one that was written",
    advice:
      "Somebody removed, changed or added it; no seal continues it. `npm run verify -- archive` says what else is not as it was; restore it from a version or soft delete.",
    raw: headName(seq),
    source: { container: "seals", blob: headName(seq) },
  });
}
