import { raiseProblem } from "../../storage/problems.ts";
import type { ChunkRow } from "../rows.ts";

/** Says that a chunk's metadata file cannot be had any more. */
export function raiseMetadataLost({ event, position }: ChunkRow): Promise<void> {
  return raiseProblem({
    kind: "recordingMetadataLost",
    cause: "The metadata of a recording could not be had before its time was over",
    advice: "Participants and pauses of this chunk are not known. Its content is kept if ACS still has it.",
    raw: `${event}#${position}`,
    source: { container: "events", blob: event },
  });
}
