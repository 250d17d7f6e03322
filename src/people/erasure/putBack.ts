import { blobState } from "../../storage/blobState.ts";
import { replaceErased } from "../../storage/replaceErased.ts";
import { stubOf } from "../../storage/stub.ts";
import type { ErasedObject } from "../../storage/tombstones.ts";
import { readWhole } from "../../storage/wholeBlob.ts";
import { endChunkOf } from "./endChunkOf.ts";
import { eraseEvents } from "./eraseEvents.ts";
import { eraseManifest } from "./eraseManifest.ts";
import { holdOfRecording } from "./holdOfRecording.ts";
import { recordingOfBlob } from "./recordingOfBlob.ts";
import { redactJsonBlob } from "./redactJsonBlob.ts";
import { count, keep, textIsHeld, type Work } from "./work.ts";

/** Erases or redacts objects again that a restore brought back. */
export async function putBack(work: Work, objects: readonly ErasedObject[]): Promise<void> {
  const events: string[] = [];
  for (const { container, blob, done, before } of objects) {
    const gone = container === "events" && (await blobState(container, blob)) === "absent";
    if (container !== "events" && (await isHeld(work, container, blob))) continue;
    if (container === "events" && !gone) events.push(blob);
    else if (done === "redacted") await redactJsonBlob(work, container, blob);
    else {
      await replaceErased(container, blob, { tombstone: work.id, content: stubOf(work.id), before });
      count(work, `${container} erased`);
    }
    const recordingId = container === "recordings" ? await endChunkOf(blob, done) : undefined;
    if (recordingId !== undefined) await eraseManifest(work, recordingId, done === "erased");
  }
  await eraseEvents(work, events);
}

/** Whether what came back is under a hold by now. */
async function isHeld(work: Work, container: ErasedObject["container"], blob: string): Promise<boolean> {
  if (!work.held.any) return false;
  const recordingId = container === "recordings" ? await recordingOfBlob(blob) : undefined;
  if (container === "recordings") {
    const hold = recordingId === undefined ? undefined : await holdOfRecording(work, recordingId);
    if (hold !== undefined) keep(work, hold);
    return hold !== undefined;
  }
  const whole = await readWhole(container, blob);
  return whole !== undefined && textIsHeld(work, whole.content.toString("utf8"));
}
