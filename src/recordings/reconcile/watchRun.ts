import { settingOrDefault } from "../../config.ts";
import { call } from "../../events/entities.ts";
import { type Held, lostRace, settle } from "../../storage/ledger.ts";
import { type ProblemName, raiseProblem, resolveProblem } from "../../storage/problems.ts";
import { readTimeline } from "../../storage/readTimeline.ts";
import { missesChunks } from "../manifest/foldManifest.ts";
import { pausedProblem, resolvePaused } from "../pausedProblem.ts";
import type { RecordingRows } from "../readRows.ts";
import { type RunRow, runKey } from "../rows.ts";
import type { AskState } from "./askState.ts";

/** ISO times; "" while it is not so. */
type State = Pick<RunRow, "stoppedAt" | "pausedAt">;

/**
 * Looks at a recording that was started here: whether it still runs, whether somebody forgot that it is paused, whether it was
 * announced after its end.
 * @returns whether nothing is left to wait for
 */
export async function watchRun(run: Held<RunRow>, rows: RecordingRows, ask: AskState): Promise<boolean> {
  const state = run.row.stoppedAt ? run.row : await stateOf(run.row, rows, ask);
  await note(run, state);
  const { recordingId } = run.row;
  if (state.stoppedAt || !state.pausedAt) await resolvePaused(recordingId);
  if (!state.stoppedAt) {
    await alertIfPaused(recordingId, state);
    return false;
  }
  if (rows.events.length > 0) {
    await resolveProblem(notAnnounced(recordingId));
    return true;
  }
  const since = Date.now() - Date.parse(state.stoppedAt);
  if (since < settingOrDefault("RECORDING_ANNOUNCE_MINUTES")) return false;
  await raiseProblem({
    ...notAnnounced(recordingId),
    advice:
      "Look at the subscription of recordingEvents, its dead letters, and quarantine. A recording that was paused from its start to its end has no file.",
    about: `recordings/${encodeURIComponent(recordingId)}`,
  });
  return since > settingOrDefault("RECORDING_WINDOW_HOURS");
}

function notAnnounced(recordingId: string): ProblemName {
  const cause = "A recording that was started here was not announced after its end";
  return { kind: "recordingNotAnnounced", cause, raw: recordingId };
}

/** How it stands with a recording that was not known to have stopped, as its call's events, ACS and its chunks say. */
async function stateOf(run: RunRow, { events, chunks }: RecordingRows, ask: AskState): Promise<State> {
  const { pausedAt } = run;
  const endOfCall = await endOf(run);
  if (endOfCall) return { stoppedAt: endOfCall, pausedAt };

  const now = new Date().toISOString();
  const said = await ask(run.recordingId);
  // A long recording announces chunks while it runs, so they tell of its end only when none is missing.
  const whole = events.length > 0 && !missesChunks(chunks.map(({ row }) => row));
  if (said === "ended" || (whole && said !== "active")) return { stoppedAt: now, pausedAt };
  // It may have been paused or resumed elsewhere, or here by a process that died of it.
  if (said) return { stoppedAt: "", pausedAt: said === "active" ? "" : pausedAt || now };
  return { stoppedAt: "", pausedAt };
}

/** When the call ended, as its events say. */
async function endOf({ serverCallId, startedAt }: RunRow): Promise<string | undefined> {
  const entity = call(serverCallId || undefined);
  if (!entity) return undefined;
  for await (const { type, time } of readTimeline(entity, startedAt.toISOString())) {
    if (type === "CallEnded" && time) return time;
  }
  return undefined;
}

async function note({ row, etag }: Held<RunRow>, { stoppedAt, pausedAt }: State): Promise<void> {
  if (stoppedAt === row.stoppedAt && pausedAt === row.pausedAt) return;
  await settle(runKey(row.recordingId), etag, { stoppedAt, pausedAt }).catch((error) => {
    // An operation or a callback changed it meanwhile; the next sweep sees it.
    if (!lostRace(error)) throw error;
  });
}

async function alertIfPaused(recordingId: string, { pausedAt }: State): Promise<void> {
  if (!pausedAt || Date.now() - Date.parse(pausedAt) < settingOrDefault("RECORDING_PAUSE_ALERT_MINUTES")) return;
  await raiseProblem({
    ...pausedProblem(recordingId),
    advice:
      "Resume it with POST /api/recordings/{recordingId}/resume, or stop it. What is said meanwhile is not recorded.",
    about: `recordings/${encodeURIComponent(recordingId)}`,
  });
}
