import { type Held, lostRace, put, settle } from "../../storage/ledger.ts";
import { handOn } from "../archiving/handOn.ts";
import { endOfTries } from "../archiving/isGone.ts";
import { countState } from "../countState.ts";
import { type ChunkRow, chunkKey, openKey } from "../rows.ts";
import { raiseDamaged } from "./damageProblems.ts";
import { lengthOf } from "./lengthOf.ts";

/**
 * Whether an archived chunk's blob is there with its length. One that is gone is fetched again, as long as ACS may have it; what
 * is known of it (length, hash) stays, so that a blob that is restored is the proof of itself.
 */
export async function checkSaved({ row, etag }: Held<ChunkRow>): Promise<boolean> {
  const length = await lengthOf(row.blob ?? "");
  if (length !== undefined && BigInt(length) === row.length) return true;
  await raiseDamaged(row, length === undefined ? "gone" : "changed");
  const now = new Date();
  if (length !== undefined || row.state === "deleted" || endOfTries(row) < now) return true;
  // Somebody must watch it from here on, whatever becomes of this process.
  await put(openKey(row.recordingId), { recordingId: row.recordingId, since: now });
  const again = {
    ...{ state: "announced" as const, damaged: true },
    ...{ turn: row.turn + 1, nextTry: now, leaseUntil: new Date(0) },
  };
  try {
    await settle(chunkKey(row.recordingId, row.documentId), etag, again);
  } catch (error) {
    if (lostRace(error)) return false;
    throw error;
  }
  countState(again.state, row.state);
  await handOn({ ...row, ...again });
  return false;
}
