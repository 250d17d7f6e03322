// Saves one chunk of a recording: its metadata, its content, and its place in the recording's manifest.
//
//   hold ──► metadata ──► content ──► archived ──► deleted at ACS ──► manifest
//     │         │ write-once  │ staged blocks,  │ if it is still ours        if RECORDING_DELETE_AT_SOURCE
//     │                       │ commit once
//     └ each step finds its own work done and skips it, so a crash anywhere is mended by the next job
import type { InvocationContext } from "@azure/functions";
import { settingOrDefault } from "../../config.ts";
import { AcsEventsError } from "../../events/errors.ts";
import type { DownloadJob } from "../../intake/jobs.ts";
import { resolveAll } from "../../storage/resolveAll.ts";
import { inSpan } from "../../telemetry/spans.ts";
import { tell } from "../../telemetry/tell.ts";
import { writeManifest } from "../manifest/writeManifest.ts";
import { finalStates, savedStates } from "../rows.ts";
import { type ChunkHold, holdChunk } from "./chunkHold.ts";
import { resolveChunk } from "./chunkProblems.ts";
import { deleteAtSource } from "./deleteAtSource.ts";
import { failChunk } from "./failChunk.ts";
import { type FoundChunk, findChunk } from "./findChunk.ts";
import { handOn, tryLater } from "./handOn.ts";
import { saveContent } from "./saveContent.ts";
import { saveMetadata } from "./saveMetadata.ts";

/** Handles a job of queue `recording-downloads`. What may work later waits for it in the ledger; only trouble with the ledger itself is thrown. */
export async function downloadRecording(job: DownloadJob, context: InvocationContext): Promise<void> {
  const owner = String(context.triggerMetadata?.id ?? context.invocationId);
  const turn = typeof job.turn === "number" ? job.turn : 0;
  const chunk = await findChunk(job);
  const { recordingId } = chunk.held.row;
  const hold = await holdChunk(chunk.held, owner, turn);
  if (hold) {
    await archive(chunk, hold, context);
  } else if (!finalStates.has(chunk.held.row.state)) {
    // A crash after a hand-over may have kept its message from the queue.
    if (chunk.held.row.owner === owner && chunk.held.row.turn === turn + 1) await handOn(chunk.held.row);
    return tell(context, "another job has this chunk");
  }
  const row = hold?.row ?? chunk.held.row;
  if (savedStates.has(row.state)) await resolveChunk(row);
  await deleteAtSource(chunk);
  await writeManifest(recordingId);
}

async function archive({ locations }: FoundChunk, hold: ChunkHold, context: InvocationContext): Promise<void> {
  // While a slow source fills a block, nobody else may think that this job is dead.
  const beat = setInterval(() => void hold.renew().catch(() => {}), 20_000);
  let bytes: number | undefined;
  try {
    bytes = await save(locations, hold);
  } catch (error) {
    if (error instanceof AcsEventsError && error.code === "ACS_EVENTS_CHUNK_LOST") return tell(context, error.code);
    return tell(context, `${await failChunk(error, hold)}: ${hold.row.errorCode} ${hold.row.errorStatus || ""}`);
  } finally {
    clearInterval(beat);
  }
  if (bytes === undefined) await tryLater(hold, { delay: 0 });
  tell(context, bytes === undefined ? "goes on in another job" : { outcome: "archived", bytes });
}

/** @returns how many bytes are archived now; undefined when the job's time was over before */
async function save(locations: FoundChunk["locations"], hold: ChunkHold): Promise<number | undefined> {
  const stopAt = performance.now() + settingOrDefault("RECORDING_JOB_TIME");
  const metadata = await saveMetadata(locations, hold);
  const goesOn = async () => {
    await hold.renew();
    return performance.now() < stopAt;
  };
  const saved = await inSpan("save recording", { "acs_events.container": "recordings" }, () =>
    saveContent(locations, hold, metadata.format, goesOn),
  );
  if (!saved) return undefined;
  // Trouble with the metadata must not cost the content: it is saved all the same, and the trouble told after that.
  if (metadata.error) throw metadata.error;
  await hold.update({ state: "archived", archivedAt: new Date(), errorCode: "" });
  await resolveAll("recordingCredentials");
  return saved.length;
}
