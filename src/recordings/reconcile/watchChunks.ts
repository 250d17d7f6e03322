import { settingOrDefault } from "../../config.ts";
import type { Held } from "../../storage/ledger.ts";
import { type ProblemName, raiseProblem, resolveProblem } from "../../storage/problems.ts";
import { isPast } from "../archiving/isGone.ts";
import { missesChunks } from "../manifest/foldManifest.ts";
import { manifestName } from "../manifest/readManifest.ts";
import type { RecordingRows } from "../readRows.ts";
import { type ChunkRow, finalStates, savedStates } from "../rows.ts";
import { checkSaved } from "./checkSaved.ts";
import { hurry } from "./hurry.ts";

/**
 * Looks at the chunks of a recording: late ones are fetched again, archived ones must be there, and none may be missing.
 * @returns whether nothing is left to wait for
 */
export async function watchChunks(
  recordingId: string,
  { about, chunks, events, run }: RecordingRows,
): Promise<boolean> {
  let settled = true;
  for (const held of chunks) settled = (await watch(held)) && settled;
  const rows = chunks.map(({ row }) => row);
  if (events.length === 0 || !settled) return settled;
  if (!missesChunks(rows)) {
    await resolveProblem(incomplete(recordingId));
    return true;
  }
  // While it runs, chunk after chunk is announced.
  if (run && !run.row.stoppedAt) return false;

  const times = [about?.startedAt, ...rows.map(({ announcedAt }) => announcedAt)].map((time) => time?.getTime() ?? 0);
  const lastAnnounced = Math.max(...times);
  if (Date.now() - lastAnnounced < settingOrDefault("RECORDING_ANNOUNCE_MINUTES")) return false;
  await raiseProblem({
    ...incomplete(recordingId),
    advice:
      "The indexes have a gap, or the last chunk ended for its size. Look for the missing events in dead-letters and quarantine.",
    source: { container: "recordings", blob: manifestName(recordingId) },
    about: `recordings/${encodeURIComponent(recordingId)}`,
  });
  // Once its time is over at ACS, nothing more can come of it.
  return (
    Date.now() - lastAnnounced > settingOrDefault("RECORDING_WINDOW_HOURS") &&
    rows.every(({ deadline }) => isPast(deadline))
  );
}

function incomplete(recordingId: string): ProblemName {
  const cause = "Chunks of a recording were never announced";
  return { kind: "recordingIncomplete", cause, raw: manifestName(recordingId) };
}

async function watch(held: Held<ChunkRow>): Promise<boolean> {
  const { state } = held.row;
  if (savedStates.has(state)) return checkSaved(held);
  if (finalStates.has(state)) return true;
  await hurry(held);
  return false;
}
