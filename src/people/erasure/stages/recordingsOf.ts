// Recordings of the person's calls, and all whose metadata names the person.
import { findCall } from "../../../calls/record/findCall.ts";
import { readRows } from "../../../recordings/readRows.ts";
import { resolveRecording } from "../../../recordings/resolveRecording.ts";
import * as callRecordings from "../../../recordings/serving/callRecordings.ts";
import { readWhole } from "../../../storage/wholeBlob.ts";
import { callIn } from "../contextsIn.ts";
import { eraseRecording } from "../eraseRecording.ts";
import { redactJsonBlob } from "../redactJsonBlob.ts";
import { walkBlobs } from "../walkBlobs.ts";
import type { Work } from "../work.ts";

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
  for await (const { page, next } of walkBlobs("recordings", cursor, (name) => name.endsWith(".json"))) {
    for (const { name, content } of page) {
      if (!work.finder.finds(content.toString("utf8"))) continue;
      const recordingId = await recordingOf(name);
      if (recordingId !== undefined) await eraseRecording(work, recordingId);
      // What belongs to no recording that is known is no manifest and no metadata of one.
      else await redactJsonBlob(work, "recordings", name);
    }
    yield next;
  }
}

/** The id of the recording that a file is of, as its manifest has it: the folder's name may be an escaped one. */
async function recordingOf(name: string): Promise<string | undefined> {
  const [folder = ""] = name.split("/");
  const manifest = await readWhole("recordings", `${folder}/manifest.json`);
  const id = (manifest && idIn(manifest.content)) ?? (await resolveRecording(folder));
  return (await readRows(id)) ? id : undefined;
}

function idIn(manifest: Buffer): string | undefined {
  try {
    const { recordingId } = JSON.parse(manifest.toString("utf8")) as { recordingId?: unknown };
    return typeof recordingId === "string" ? recordingId : undefined;
  } catch {
    return undefined;
  }
}
