import { isDeepStrictEqual } from "node:util";
import { manifestName, readManifest } from "../manifest/readManifest.ts";
import { readRows } from "../readRows.ts";
import { savedStates } from "../rows.ts";

/** Where a recording's manifest says another thing of an archived chunk than the ledger, a line each. */
export async function compareWithLedger(recordingId: string): Promise<string[]> {
  const rows = await readRows(recordingId);
  const saved = (rows?.chunks ?? []).map(({ row }) => row).filter(({ state }) => savedStates.has(state));
  if (saved.length === 0) return [];
  const name = manifestName(recordingId);
  const manifest = (await readManifest(recordingId))?.value;
  if (!manifest) return [`${name} is not there, and the ledger has ${saved.length} archived chunk(s) of it`];
  return saved.flatMap(({ documentId, index, blob, length, sha256 }) => {
    const listed = manifest.chunks.find((chunk) => chunk.documentId === documentId);
    const told = { blob: listed?.blob, length: listed?.length, sha256: listed?.sha256 };
    const same = isDeepStrictEqual(told, { blob, length: Number(length), sha256 });
    return same ? [] : [`chunk ${index}: ${name} is not as the ledger says`];
  });
}
