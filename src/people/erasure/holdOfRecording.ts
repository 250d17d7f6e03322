import { namesIn } from "../../events/callName.ts";
import { callRecordings } from "../../recordings/serving/callRecordings.ts";
import { othersRecorded } from "./othersRecorded.ts";
import type { Work } from "./work.ts";

/** The hold that a recording is under: its own, that of its call, or that of somebody in it. */
export async function holdOfRecording(work: Work, recordingId: string): Promise<string | undefined> {
  if (!work.held.any) return undefined;
  const names = namesIn({ data: { ...(await callRecordings.callOf(recordingId)) } });
  return work.held.ofRecording(recordingId, names, await othersRecorded(work, recordingId));
}
