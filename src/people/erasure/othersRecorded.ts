import type { Entity } from "../../events/entities.ts";
import type { ManifestChunk } from "../../recordings/manifest/manifest.ts";
import { readManifest } from "../../recordings/manifest/readManifest.ts";
import { readRows } from "../../recordings/readRows.ts";
import { whoIs } from "./namesIn.ts";
import { isOther, unknownPerson, type Work } from "./work.ts";

/** Nothing of such a chunk is left that others could be in. */
const over: ReadonlySet<string> = new Set(["erased", "ended"]);

/** Who is in a recording besides the person: whom its metadata names, and somebody unknown where it does not name all. */
export async function othersRecorded(work: Work, recordingId: string): Promise<Entity[]> {
  const { participants = [], chunks = [] } = (await readManifest(recordingId))?.value ?? {};
  const told = new Map(chunks.map((chunk) => [chunk.documentId, chunk]));
  const left = ((await readRows(recordingId))?.chunks ?? []).filter(({ row }) => !over.has(row.state));
  const others = new Set<Entity>();
  if (!left.every(({ row }) => namesAll(told.get(row.documentId)))) others.add(unknownPerson);
  const all = [...participants, ...chunks.flatMap((chunk) => chunk.participants ?? [])];
  for (const id of new Set(all.map(({ participantId }) => participantId))) {
    if (id.startsWith("28:")) continue;
    const entity = whoIs(id) ?? unknownPerson;
    if (await isOther(entity, work.finder)) others.add(entity);
  }
  return [...others];
}

function namesAll(chunk: ManifestChunk | undefined): boolean {
  const { participants = [], metadataWarnings = [] } = chunk ?? {};
  return participants.length > 0 && !metadataWarnings.some((pointer) => /^(\/participants|$)/.test(pointer));
}
