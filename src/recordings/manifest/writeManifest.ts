// Writes `manifest.json` from the ledger's rows. Chunks finish in any order and at once: each writer reads the manifest before the
// rows and writes on condition that nobody wrote in between, so the last one has seen all.
import { container } from "../../storage/blobs.ts";
import { inTime, onDemand, storageErrorCode } from "../../storage/onDemand.ts";
import { readRows } from "../readRows.ts";
import { detailsOf } from "./detailsOf.ts";
import { foldManifest } from "./foldManifest.ts";
import { manifestName, readManifest } from "./readManifest.ts";

/** What a write answers that another one has overtaken, and how often that may happen. */
const overtaken = new Set(["ConditionNotMet", "BlobAlreadyExists"]);
const maxRaces = 20;

interface Writing {
  /** It reads what there is: who asks from now on needs another one. */
  begun: boolean;
  done: Promise<void>;
}

/** The last writing of each recording in this process; one that has not begun serves all who ask. */
const writings = new Map<string, Writing>();

/** Brings a recording's manifest up to date; nothing is written before something of the recording was announced. */
export function writeManifest(recordingId: string): Promise<void> {
  const last = writings.get(recordingId);
  if (last && !last.begun) return last.done;
  const next: Writing = { begun: false, done: Promise.resolve() };
  writings.set(recordingId, next);
  next.done = (async () => {
    await last?.done.catch(() => {});
    next.begun = true;
    try {
      await write(recordingId);
    } finally {
      if (writings.get(recordingId) === next) writings.delete(recordingId);
    }
  })();
  return next.done;
}

async function write(recordingId: string): Promise<void> {
  const recordings = await container("recordings");
  const blob = recordings.getBlockBlobClient(manifestName(recordingId));
  for (let races = 0; ; races++) {
    const current = await readManifest(recordingId);
    const rows = await readRows(recordingId);
    if (!rows || rows.events.length === 0) return;
    const manifest = foldManifest(recordingId, rows, await detailsOf(rows.chunks, current?.value));
    const text = JSON.stringify(manifest, null, 2);
    if (current && text === JSON.stringify(current.value, null, 2)) return;
    const upload = () =>
      blob.upload(text, Buffer.byteLength(text), {
        conditions: current ? { ifMatch: current.etag } : { ifNoneMatch: "*" },
        blobHTTPHeaders: { blobContentType: "application/json" },
        abortSignal: inTime(),
      });
    try {
      await onDemand(() => recordings.createIfNotExists(), upload);
      return;
    } catch (error) {
      // A lease or a policy on the blob is no race, and does not end.
      if (!overtaken.has(storageErrorCode(error) ?? "") || races >= maxRaces) throw error;
    }
  }
}
