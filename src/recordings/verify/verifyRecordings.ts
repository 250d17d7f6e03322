// Reads archived recordings again and compares them with their manifests, and those with the ledger, which lies elsewhere: what proves
// that the archive is whole.
import { container } from "../../storage/blobs.ts";
import { blobSegment } from "../../storage/keys.ts";
import { httpStatus } from "../../storage/onDemand.ts";
import { sha256OfBlob } from "../archiving/sha256OfBlob.ts";
import { manifestName } from "../manifest/readManifest.ts";
import { resolveRecording } from "../resolveRecording.ts";
import { blobsOnTheirWay } from "./blobsOnTheirWay.ts";
import { compareWithLedger } from "./compareWithLedger.ts";
import { listKnown } from "./listKnown.ts";
import { parseManifest } from "./parseManifest.ts";

export interface Verified {
  /** Blob name of the manifest. */
  manifest: string;
  /** Chunks whose content was read, and their bytes. */
  chunks: number;
  bytes: number;
  /** Chunks that are not archived (yet, or for good); they are no difference. */
  unsaved: number;
  /** What is not as the manifest says, a line each. */
  differences: string[];
}

/**
 * Verifies one recording, or all that container `recordings` has, one after the other.
 * @param recordingId any id of the one recording
 * @throws Error when there is no such recording; whatever storage throws
 */
export async function* verifyRecordings(recordingId?: string): AsyncGenerator<Verified> {
  const recordings = await container("recordings");
  const prefix = recordingId === undefined ? "" : `${blobSegment(await resolveRecording(recordingId))}/`;
  let folder = "";
  let names: string[] = [];
  let found = false;
  // Names come in order, so a folder is complete when the next one begins.
  for await (const name of namesOf(prefix)) {
    const [own = ""] = name.split("/");
    if (own !== folder && names.length > 0) yield await verifyFolder(folder, names);
    if (own !== folder) names = [];
    folder = own;
    names.push(name);
    found = true;
  }
  if (names.length > 0) yield await verifyFolder(folder, names);
  for await (const id of recordingId === undefined ? listKnown() : [await resolveRecording(recordingId)]) {
    const differences = await compareWithLedger(id);
    found ||= differences.length > 0;
    if (differences.length > 0) yield { manifest: manifestName(id), chunks: 0, bytes: 0, unsaved: 0, differences };
  }
  if (recordingId !== undefined && !found)
    throw new Error(`Container recordings has nothing of recording ${recordingId}.`);

  async function* namesOf(start: string): AsyncGenerator<string> {
    try {
      for await (const { name } of recordings.listBlobsFlat({ prefix: start })) yield name;
    } catch (error) {
      if (httpStatus(error) !== 404) throw error;
    }
  }
}

async function verifyFolder(folder: string, names: readonly string[]): Promise<Verified> {
  const recordings = await container("recordings");
  const manifest = `${folder}/manifest.json`;
  const result: Verified = { manifest, chunks: 0, bytes: 0, unsaved: 0, differences: [] };
  const differs = (what: string) => result.differences.push(what);
  if (!names.includes(manifest)) {
    differs(`${manifest} is not there, and the folder is not empty`);
    return result;
  }
  const parsed = parseManifest(await recordings.getBlobClient(manifest).downloadToBuffer());
  if (!parsed) {
    differs(`${manifest} is no manifest`);
    return result;
  }
  const { recordingId, chunks } = parsed;
  const listed = new Set([manifest]);
  for (const { index, blob, length, sha256, metadata } of chunks) {
    if (metadata) listed.add(metadata);
    if (metadata && !names.includes(metadata)) differs(`chunk ${index}: its metadata ${metadata} is not there`);
    if (!blob) {
      result.unsaved++;
      continue;
    }
    listed.add(blob);
    if (!names.includes(blob)) {
      differs(`chunk ${index}: ${blob} is not there`);
      continue;
    }
    const stored = await sha256OfBlob(recordings.getBlockBlobClient(blob));
    result.chunks++;
    result.bytes += stored.length;
    if (stored.length !== length) differs(`chunk ${index}: ${blob} has ${stored.length} bytes instead of ${length}`);
    else if (stored.sha256 !== sha256)
      differs(`chunk ${index}: ${blob} has SHA-256 ${stored.sha256} instead of ${sha256}`);
  }
  const unlisted = names.filter((name) => !listed.has(name));
  const coming = unlisted.length > 0 ? await blobsOnTheirWay(recordingId) : new Set();
  for (const name of unlisted) if (!coming.has(name)) differs(`${name} is not in the manifest`);
  return result;
}
