// Where the chain of seals ends. A row of the ledger remembers it, which lies elsewhere than the seals: so a seal that somebody removed or
// wrote anew does not become the one that the next continues.
import { changeRow } from "../storage/changeRow.ts";
import { type Columns, read, type WorkKey } from "../storage/ledger.ts";
import { raiseProblem } from "../storage/problems.ts";
import { headName } from "./head.ts";
import { listHeads } from "./listHeads.ts";
import { readHead } from "./readHead.ts";

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
export async function findEnd(): Promise<{ end: ChainEnd | undefined; next: number }> {
  let end = (await rememberedEnd()) ?? (await lastListed());
  if (end && (await readHead(end.seq))?.sha256 !== end.sha256) await raiseBroken(end.seq);
  for (let next = (end?.seq ?? 0) + 1; ; next++) {
    const stored = await readHead(next);
    if (!stored) return { end, next };
    if (stored.head && stored.head.previous === (end?.sha256 ?? null)) {
      end = { seq: next, sha256: stored.sha256, to: stored.head.to };
    } else await raiseBroken(next);
  }
}

/** Of a chain of which the ledger knows nothing: it was restored, or emptied. */
async function lastListed(): Promise<ChainEnd | undefined> {
  let last: number | undefined;
  for await (const found of listHeads()) if ("seq" in found) last = found.seq;
  const stored = last === undefined ? undefined : await readHead(last);
  return last !== undefined && stored?.head ? { seq: last, sha256: stored.sha256, to: stored.head.to } : undefined;
}

function raiseBroken(seq: number): Promise<void> {
  return raiseProblem({
    kind: "sealBroken",
    cause: "A seal is not there, or is not the one that was written",
    advice:
      "Somebody removed or changed it. `npm run verify -- archive` says what else is not as it was; restore it from a version or soft delete.",
    raw: headName(seq),
    source: { container: "seals", blob: headName(seq) },
  });
}
