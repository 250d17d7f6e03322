import { container } from "../../storage/blobs.ts";
import { type Held, lostRace, put, settle } from "../../storage/ledger.ts";
import { httpStatus, inTime } from "../../storage/onDemand.ts";
import { raiseProblem } from "../../storage/problems.ts";
import { handOn } from "../archiving/handOn.ts";
import { endOfTries } from "../archiving/isGone.ts";
import { type ChunkRow, chunkKey, openKey } from "../rows.ts";

/**
 * Whether an archived chunk's blob is there with its length. One that is gone is fetched again, as long as ACS may have it; what
 * is known of it (length, hash) stays, so that a blob that is restored is the proof of itself.
 */
export async function checkSaved({ row, etag }: Held<ChunkRow>): Promise<boolean> {
  const length = await lengthOf(row.blob ?? "");
  if (length !== undefined && BigInt(length) === row.length) return true;
  await raiseProblem({
    kind: "recordingDamaged",
    cause:
      length === undefined
        ? "The blob of an archived chunk is not there"
        : "The blob of an archived chunk has another length",
    advice:
      "Somebody deleted or changed it. Restore it from a version or soft delete; `npm run verify -- recordings` compares all.",
    raw: `recordings/${row.blob}`,
    source: { container: "recordings", blob: row.blob ?? "" },
    about: `recordings/${encodeURIComponent(row.recordingId)}`,
  });
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
  await handOn({ ...row, ...again });
  return false;
}

async function lengthOf(blob: string): Promise<number | undefined> {
  const recordings = await container("recordings");
  try {
    return (await recordings.getBlobClient(blob).getProperties({ abortSignal: inTime() })).contentLength;
  } catch (error) {
    if (httpStatus(error) === 404) return undefined;
    throw error;
  }
}
