// Recordings of the person's calls, and all whose metadata names the person.
import { findCall } from "../../../calls/record/findCall.ts";
import { callRecordings } from "../../../recordings/serving/callRecordings.ts";
import { callIn } from "../contextsIn.ts";
import { eraseRecording } from "../eraseRecording.ts";
import { recordingOfBlob } from "../recordingOfBlob.ts";
import { redactJsonBlob } from "../redactJsonBlob.ts";
import { walkBlobs } from "../walkBlobs.ts";
import { count, type Work } from "../work.ts";

/** Of calls that the person was in. @param cursor the last context */
export async function* recordingsOfCalls(work: Work, cursor: string): AsyncGenerator<string> {
  for (const context of [...work.contexts.keys()].sort()) {
    const call = context > cursor ? callIn(context) : undefined;
    if (call === undefined) continue;
    const found = await findCall(call, callRecordings);
    for (const recordingId of found?.recordingIds ?? []) await eraseRecording(work, recordingId);
    yield context;
  }
}

/** Of all that metadata files and manifests name the person in. */
export async function* recordingsNaming(work: Work, cursor: string): AsyncGenerator<string> {
  for await (const { page, next, unread } of walkBlobs("recordings", cursor, (name) => name.endsWith(".json"))) {
    if (unread > 0) count(work, "recordings' documents unreadable", unread);
    for (const { name, content } of page) {
      if (!work.finder.finds(content.toString("utf8"))) continue;
      const recordingId = await recordingOfBlob(name);
      if (recordingId !== undefined) await eraseRecording(work, recordingId);
      // What belongs to no recording that is known is no manifest and no metadata of one.
      else await redactJsonBlob(work, "recordings", name);
    }
    yield next;
  }
}
