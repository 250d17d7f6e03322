import { createHash } from "node:crypto";
import { person } from "../../events/entities.ts";
import { tableKey } from "../../storage/keys.ts";
import { read } from "../../storage/ledger.ts";
import { putRows } from "../../storage/timeline.ts";
import type { ChunkMetadata } from "../manifest/describeMetadata.ts";
import { type AboutRow, aboutKey, type ChunkRow } from "../rows.ts";

/** A Teams meeting has some thousand at most; a longer list is forged. */
const maxParticipants = 2_000;

/**
 * Lists a recording in the timelines of those who take part in it, at the time of its start, so that a person's recordings are found. The
 * chunks of a recording write the same rows.
 */
export async function noteParticipants(
  { recordingId, announcedAt }: Pick<ChunkRow, "recordingId" | "announcedAt">,
  participants: ChunkMetadata["participants"] = [],
): Promise<void> {
  if (participants.length === 0) return;
  const startedAt = (await read<AboutRow>(aboutKey(recordingId)))?.row.startedAt ?? announcedAt;
  await putRows(participantRows(recordingId, startedAt, participants));
}

/** Those rows. */
export function participantRows(
  recordingId: string,
  startedAt: Date,
  participants: ChunkMetadata["participants"] = [],
) {
  const entities = new Set(participants.slice(0, maxParticipants).map(({ participantId }) => person(participantId)));
  entities.delete(undefined);
  const time = startedAt.toISOString().replace("Z", "0000Z");
  const row = {
    rowKey: `${time}_${createHash("sha256").update(`participant of ${recordingId}`).digest("hex")}`,
    ...{ type: "RecordingParticipant", family: "recording", time },
    summary: JSON.stringify({ recordingId }),
  };
  return [...entities].map((entity) => ({ partitionKey: tableKey(entity ?? ""), ...row }));
}
