import type { Entity } from "../../events/entities.ts";
import { readManifest } from "../../recordings/manifest/readManifest.ts";
import { whoIs } from "./namesIn.ts";
import type { Work } from "./work.ts";

/** Whom the metadata of a recording names besides the person. */
export async function othersRecorded(work: Work, recordingId: string): Promise<Entity[]> {
  const { participants = [], chunks = [] } = (await readManifest(recordingId))?.value ?? {};
  const all = [...participants, ...chunks.flatMap((chunk) => chunk.participants ?? [])];
  const people = new Set(all.map(({ participantId }) => whoIs(participantId)));
  const { entities } = work.finder.subject;
  return [...people]
    .filter((entity) => entity !== undefined)
    .filter((entity) => {
      return !entities.includes(entity) && !entity.startsWith("person:erased:");
    });
}
