// What is wrong with a file that was archived once.
import { type ProblemName, raiseProblem, resolveProblem } from "../../storage/problems.ts";
import type { ChunkRow } from "../rows.ts";

const causes = {
  gone: "The blob of an archived chunk is not there",
  changed: "The blob of an archived chunk has another length",
  metadataGone: "The metadata file of a chunk is not there",
};

export async function raiseDamaged(row: ChunkRow, what: "gone" | "changed"): Promise<void> {
  const advice =
    "Somebody deleted or changed it. Restore it from a version or soft delete; `npm run verify -- recordings` compares all.";
  await raise(row, row.blob ?? "", what, advice);
}

export function raiseMetadataGone(row: ChunkRow, blob: string): Promise<void> {
  return raise(row, blob, "metadataGone", "Somebody deleted it. Restore it from a version, soft delete or a backup.");
}

/** The chunk's file is whole. */
export async function resolveDamaged({ blob = "" }: ChunkRow): Promise<void> {
  await resolveProblem(nameOf(blob, "gone"));
  await resolveProblem(nameOf(blob, "changed"));
}

function raise({ recordingId }: ChunkRow, blob: string, what: keyof typeof causes, advice: string): Promise<void> {
  return raiseProblem({
    ...nameOf(blob, what),
    advice,
    source: { container: "recordings", blob },
    about: `recordings/${encodeURIComponent(recordingId)}`,
  });
}

function nameOf(blob: string, what: keyof typeof causes): ProblemName {
  return { kind: "recordingDamaged", cause: causes[what], raw: `recordings/${blob}` };
}
