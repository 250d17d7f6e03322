import { readRows } from "../readRows.ts";
import { savedStates } from "../rows.ts";

/** Blobs of chunks that are not archived yet, which the manifest does not list: content whose metadata is waited for, say. */
export async function blobsOnTheirWay(recordingId: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const { row } of (await readRows(recordingId))?.chunks ?? []) {
    if (savedStates.has(row.state)) continue;
    for (const name of [row.blob, row.metadata]) if (name) names.add(name);
  }
  return names;
}
