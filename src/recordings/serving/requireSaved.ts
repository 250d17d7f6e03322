import { AcsEventsError, type ErrorCode } from "../../events/errors.ts";
import { type ChunkRow, savedStates } from "../rows.ts";

/**
 * Passes a chunk whose content is in container `recordings`.
 * @throws AcsEventsError that says why there is none: 409 ACS_EVENTS_NOT_ARCHIVED_YET or ACS_EVENTS_IN_OWN_STORAGE, 410
 * ACS_EVENTS_RECORDING_GONE
 */
export function requireSaved(row: ChunkRow): void {
  const { state, deadline, attempts, nextTry, errorCode, contentLocation, metadataLocation } = row;
  // The content may be whole already while its metadata is waited for.
  if (savedStates.has(state) || (row.sha256 && !row.damaged)) return;
  if (state === "erased") {
    throw refusal(410, "ACS_EVENTS_ERASED", "This chunk was erased with whom it was of.", { state });
  }
  const at = { state, deadline: deadline.toISOString() };
  const last = errorCode ? { error: errorCode } : {};
  if (state === "registered") {
    throw refusal(409, "ACS_EVENTS_IN_OWN_STORAGE", "ACS wrote this chunk into your own storage. Read it there.", {
      state,
      ...(contentLocation && { contentLocation }),
      ...(metadataLocation && { metadataLocation }),
    });
  }
  if (state === "ended") {
    const message = "This recording was kept for as long as RETENTION_RECORDINGS_DAYS says, and then deleted.";
    throw refusal(410, "ACS_EVENTS_RECORDING_GONE", message, at);
  }
  if (state === "expired" || state === "failed") {
    const message =
      state === "expired"
        ? "ACS had deleted this chunk before it could be archived. If a copy exists elsewhere, keep it."
        : "This chunk could not be archived. GET /api/problems says why, and what to do.";
    throw refusal(410, "ACS_EVENTS_RECORDING_GONE", message, { ...at, ...last });
  }
  throw refusal(409, "ACS_EVENTS_NOT_ARCHIVED_YET", "This chunk is not archived yet. Ask again in a minute.", {
    ...at,
    attempts,
    ...(nextTry && { nextTry: nextTry.toISOString() }),
    ...last,
  });
}

/** @throws AcsEventsError as requireSaved, when the chunk's metadata file is not in container `recordings` */
export function requireMetadata(row: ChunkRow): string {
  if (row.metadata && row.state !== "erased") return row.metadata;
  requireSaved(row);
  const message = "ACS had deleted this chunk's metadata before it could be archived. Its content is there.";
  throw refusal(410, "ACS_EVENTS_RECORDING_GONE", message, { state: row.state });
}

function refusal(status: number, code: ErrorCode, message: string, detail: object): AcsEventsError {
  return new AcsEventsError(code, message, { status, target: "state", details: [detail] });
}
