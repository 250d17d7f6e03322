import { pauseRecording, type RecordingState, resumeRecording, stopRecording } from "../../acs/callRecording.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { shortId } from "../../storage/keys.ts";
import { resolvePaused } from "../pausedProblem.ts";
import { resolveRecording } from "../resolveRecording.ts";
import { changeRun } from "./changeRun.ts";
import { noteOperation } from "./operations.ts";
import { releaseRunning } from "./running.ts";

const operations = {
  pause: { ask: pauseRecording, done: "paused", state: "inactive" },
  resume: { ask: resumeRecording, done: "resumed", state: "active" },
  stop: { ask: stopRecording, done: "stopped", state: "inactive" },
} as const;

export type OperationName = keyof typeof operations;

/** The operation that a route names, in any letter case; undefined for none. */
export function operationNamed(name: string | undefined): OperationName | undefined {
  const wanted = name?.toLowerCase();
  return (["pause", "resume", "stop"] as const).find((known) => known === wanted);
}

export interface Operated {
  recordingId: string;
  recordingState: RecordingState;
  operationContext?: string;
}

/**
 * Pauses, resumes or stops a recording, whoever started it, and keeps that it was done.
 * @param recordingId as ACS gave it, or another id that it is known by
 * @throws AcsEventsError as callRecordingError says; 404 once it has ended
 */
export async function operate(name: OperationName, recordingId: string, operationContext?: string): Promise<Operated> {
  const { ask, done, state } = operations[name];
  const id = await resolveRecording(recordingId);
  try {
    await ask(await acsIdOf(recordingId));
  } catch (error) {
    // Perhaps an earlier stop whose answer was lost.
    if (name === "stop" && error instanceof AcsEventsError && error.status === 404) {
      await noteEnd(id, new Date().toISOString());
    }
    throw error;
  }
  const time = new Date().toISOString();
  const told = operationContext ? { operationContext } : {};
  await noteOperation(id, { operation: done, time, ...told });
  if (name === "stop") await noteEnd(id, time);
  else await changeRun(id, () => ({ pausedAt: name === "pause" ? time : "" }));
  if (name !== "pause") await resolvePaused(id);
  return { recordingId, recordingState: state, ...told };
}

/** The id by which ACS knows a recording, for any of its ids. */
export async function acsIdOf(recordingId: string): Promise<string> {
  const id = await resolveRecording(recordingId);
  return id === shortId(recordingId) ? recordingId : id;
}

/** It runs no more, so a new recording may be started in its call. */
async function noteEnd(id: string, time: string): Promise<void> {
  const run = await changeRun(id, ({ stoppedAt }) => ({ stoppedAt: stoppedAt || time }));
  if (run) await releaseRunning(run.locator, run.recordingId);
}
