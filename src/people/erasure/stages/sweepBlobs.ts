// Containers that hold documents: what could not be accepted, what Event Grid gave up on, what was made for people. They are small; each
// document is read.
import { hash } from "node:crypto";
import { identityOf } from "../../../events/identity.ts";
import { isObject } from "../../../events/json.ts";
import { type ContainerName, container } from "../../../storage/blobs.ts";
import { deleteOldCopies } from "../../../storage/oldCopies.ts";
import { inTime } from "../../../storage/onDemand.ts";
import { replaceErased } from "../../../storage/replaceErased.ts";
import { stubOf } from "../../../storage/stub.ts";
import { walkBlobs } from "../walkBlobs.ts";
import { count, keep, readEvent, type Work } from "../work.ts";

/** Quarantine: a document that names the person is erased whole, as nobody knows what it says. */
export async function* sweepQuarantine(work: Work, cursor: string): AsyncGenerator<string> {
  for await (const { page, next } of walkBlobs("quarantine", cursor)) {
    for (const { name, content, etag } of page) {
      if (!work.finder.finds(content.toString("utf8"))) continue;
      await replace(work, "quarantine", name, { content: stubOf(work.id), etag, was: content });
      count(work, "quarantine erased");
    }
    yield next;
  }
}

/** Dead letters: events that name the person are taken out of their list. */
export async function* sweepDeadLetters(work: Work, cursor: string): AsyncGenerator<string> {
  for await (const { page, next } of walkBlobs("dead-letters", cursor)) {
    for (const { name, content, etag } of page) {
      const text = content.toString("utf8");
      if (!work.finder.finds(text)) continue;
      const left = eventsIn(text).filter((event) => !isOfPerson(work, event));
      const replacement = JSON.stringify(left);
      if (replacement === text) continue;
      await replace(work, "dead-letters", name, { content: replacement, etag, was: content });
      count(work, "dead letters erased");
    }
    yield next;
  }
}

/** Exports, of anybody: they are packed, and can be made again. */
export async function* sweepExports(work: Work, cursor: string): AsyncGenerator<string> {
  const client = await container("exports");
  if (cursor !== "" || !(await client.exists({ abortSignal: inTime() }))) return;
  for await (const { name, properties } of client.listBlobsFlat()) {
    if (work.until !== undefined && (properties.createdOn?.getTime() ?? 0) > work.until) continue;
    await client.getBlobClient(name).deleteIfExists({ deleteSnapshots: "include", abortSignal: inTime() });
    await deleteOldCopies(client, name, undefined);
    count(work, "exports deleted");
  }
  yield "done";
}

async function replace(
  work: Work,
  from: ContainerName,
  blob: string,
  { content, etag, was }: { content: string; etag: string; was: Buffer },
): Promise<void> {
  const before = hash("sha256", was);
  await work.note([{ container: from, blob, done: "erased", before, after: hash("sha256", content) }]);
  await replaceErased(from, blob, { tombstone: work.id, content, etag, before });
}

/** Event Grid writes a list, or one event. */
function eventsIn(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : isObject(value) ? [value] : [];
  } catch {
    return [];
  }
}

function isOfPerson(work: Work, event: unknown): boolean {
  if (!work.finder.finds(JSON.stringify(event) ?? "")) return false;
  const hold = holdOn(work, event);
  if (hold) keep(work, hold);
  return hold === undefined;
}

function holdOn(work: Work, event: unknown): string | undefined {
  try {
    return work.held.ofEvent(readEvent(event, identityOf(event)));
  } catch {
    return undefined;
  }
}
