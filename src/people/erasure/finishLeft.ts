// What a crash or a refusal of storage left half done: rows of events that were replaced, former versions of blobs that were.
import { container } from "../../storage/blobs.ts";
import { deleteRows } from "../../storage/deleteRows.ts";
import { groupsOf } from "../../storage/groupsOf.ts";
import { deleteOldCopies } from "../../storage/oldCopies.ts";
import { httpStatus, inTime, storageErrorCode } from "../../storage/onDemand.ts";
import { isStub } from "../../storage/stub.ts";
import { type ErasedObject, readErased } from "../../storage/tombstones.ts";
import { readWhole, type WholeBlob } from "../../storage/wholeBlob.ts";
import { tell, without } from "./eraseEvents.ts";
import { type EventLeft, eventLeft } from "./eventLeft.ts";
import { forgetIntent, leftIntents } from "./intents.ts";
import { tryReadEvent } from "./work.ts";

/** Blobs that are dealt with together. */
const atOnce = 16;

/** Deletes rows of events that were replaced, and writes those of what is left of them. @param id of the erasure */
export async function finishRows(id: string): Promise<void> {
  for await (const { blob, rows } of leftIntents(id)) {
    const whole = await readLeft(blob);
    // One that was not replaced keeps its rows: the stages find it by them.
    if (whole === undefined || whole.metadata.tombstone !== undefined) {
      const is = whole && eventIn(whole, blob);
      await deleteRows("timeline", without(rows, is?.rows ?? []));
      if (is) await tell(is, blob, whole.storedAt);
    }
    await forgetIntent(id, blob);
  }
}

/** Deletes snapshots and former versions of what a slice replaced. @param part that the slice listed */
export async function finishCopies(id: string, part: number): Promise<void> {
  for await (const some of groupsOf(readErased(id, part), atOnce)) await Promise.all(some.map(withoutOldCopies));
}

async function withoutOldCopies({ container: name, blob }: ErasedObject): Promise<void> {
  const client = await container(name);
  try {
    const { metadata, versionId } = await client.getBlobClient(blob).getProperties({ abortSignal: inTime() });
    if (metadata?.tombstone !== undefined) await deleteOldCopies(client, blob, versionId);
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
  }
}

async function readLeft(blob: string): Promise<WholeBlob | undefined> {
  try {
    return await readWhole("events", blob);
  } catch (error) {
    if (storageErrorCode(error) !== "BlobArchived") throw error;
    return { content: Buffer.alloc(0), etag: "", metadata: {}, storedAt: new Date() };
  }
}

/** The event that was left of a redacted one; undefined for a stub. */
function eventIn({ content, storedAt }: WholeBlob, blob: string): EventLeft | undefined {
  const raw: unknown = JSON.parse(content.toString("utf8"));
  if (isStub(raw)) return undefined;
  const event = tryReadEvent(raw, blob);
  return event && eventLeft(event, blob, content, storedAt);
}
