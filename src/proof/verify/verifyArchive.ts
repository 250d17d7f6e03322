// Proves that the archive is what was sealed: nothing of it is missing, nothing changed, nothing was added, and the seals themselves
// hold together.
import { Semaphore } from "async-mutex";
import { arrivedKinds } from "../../storage/arrivedKinds.ts";
import { listBlobs } from "../../storage/listBlobs.ts";
import { entriesOf } from "../entriesOf.ts";
import type { SealEntry } from "../head.ts";
import { type Buckets, type Mention, openBuckets } from "./buckets.ts";
import { checkObject } from "./checkObject.ts";
import { type Explanations, explanations } from "./explained.ts";
import { type Trusted, trustIn } from "./trust.ts";
import { walkChain } from "./walkChain.ts";

export interface Totals {
  seals: number;
  /** Objects that are as they were sealed, and the bytes that were read of all. */
  whole: number;
  bytes: number;
  /** As they were indexed; the next seal has them. */
  unsealed: number;
  /** Changed or missing, as a tombstone says. */
  erased: number;
  ended: number;
  differences: number;
}

/** Objects that are read at once. */
const places = 16;

/** Names that are listed together: pages of 5,000, which storage gives unasked, took 70 MB more. */
const pageSize = 1_000;

/** In front of what is said of it, a time to come: what arrives while the archive is verified. */
const ahead = 2 * 86_400_000;

/**
 * Verifies the whole archive. What is in memory does not grow with it: the names of all objects go through files on disk.
 * @param trusted what is known of the seals from elsewhere
 * @param differs told of each thing that is not as it was
 * @throws whatever storage throws
 */
export async function verifyArchive(trusted: Trusted, differs: (what: string) => void): Promise<Totals> {
  const totals: Totals = { seals: 0, whole: 0, bytes: 0, unsealed: 0, erased: 0, ended: 0, differences: 0 };
  const tell = (what: string) => {
    totals.differences++;
    differs(what);
  };
  const buckets = await openBuckets();
  try {
    // First what is there, then what is said of it: what arrives in between is said to be there, and looked for again.
    await listObjects(buckets);
    const chain = await walkChain(trustIn(trusted), (entry) => buckets.add(mention(entry, true)), tell);
    totals.seals = chain.seals;
    if (chain.to === undefined) {
      tell("there is no seal: nothing can be proved (SEAL in docs/settings.md)");
      return totals;
    }
    const span = { from: chain.to, to: Date.now() + ahead };
    for (const kind of [...arrivedKinds, "late"]) {
      for await (const entry of entriesOf(kind, span)) buckets.add(mention(entry, false));
    }
    const explained = explanations();
    for await (const objects of buckets.each()) await checkAll(objects, explained, totals, tell);
    return totals;
  } finally {
    await buckets.remove();
  }
}

function mention({ container, name, ...listed }: SealEntry, sealed: boolean): Mention {
  return { container, name, listed: { ...listed, sealed } };
}

async function listObjects(buckets: Buckets): Promise<void> {
  for (const name of ["events", "quarantine", "recordings"] as const) {
    for await (const blobs of listBlobs(name, "", pageSize)) {
      for (const blob of blobs) {
        // A manifest is derived from the ledger, and written again and again.
        if (name === "recordings" && /^[^/]+\/manifest\.json$/.test(blob)) continue;
        buckets.add({ container: name, name: blob });
      }
    }
  }
}

async function checkAll(
  objects: Map<string, Mention[]>,
  explained: Explanations,
  totals: Totals,
  tell: (what: string) => void,
): Promise<void> {
  const way = new Semaphore(places);
  const check = async (name: string, [first, ...others]: readonly Mention[]) => {
    if (!first) return;
    const verdict = await checkObject([first, ...others], explained);
    if (verdict.state === "differs") return tell(`${name} ${verdict.why}`);
    if ("bytes" in verdict) totals.bytes += verdict.bytes;
    if (verdict.state !== "gone") totals[verdict.state]++;
  };
  await Promise.all([...objects].map(([name, mentions]) => way.runExclusive(() => check(name, mentions))));
}
