// Containers that hold documents: what could not be accepted, what Event Grid gave up on, what was made for people, what the owner wrote.
import { hash } from "node:crypto";
import { isObject } from "../../../events/json.ts";
import { container } from "../../../storage/blobs.ts";
import { readAll } from "../../../storage/ledger.ts";
import { inTime } from "../../../storage/onDemand.ts";
import { replaceErased } from "../../../storage/replaceErased.ts";
import { stubOf } from "../../../storage/stub.ts";
import { removeExport } from "../../exports/removeExport.ts";
import { type ExportRow, exportPartition, folderOf } from "../../exports/rows.ts";
import { cameAfter } from "../cameAfter.ts";
import { keepOut } from "../keepOut.ts";
import { accepted, inWordsOnly, lettersIn } from "../lettersWithout.ts";
import { redactJson } from "../redactJsonBlob.ts";
import { sweepLetters } from "../sweepLetters.ts";
import { unlessChanged } from "../unlessChanged.ts";
import { walkBlobs } from "../walkBlobs.ts";
import { count, keep, textIsHeld, type Work } from "../work.ts";

/** Quarantine: a document that names the person is erased whole, as nobody knows what it says; of others' words the ids are taken out. */
export async function* sweepQuarantine(work: Work, cursor: string): AsyncGenerator<string> {
  for await (const { page, next, unread } of walkBlobs("quarantine", cursor)) {
    countUnread(work, "quarantine", unread);
    for (const { name, content: was, etag } of page) {
      const text = was.toString("utf8");
      if (!work.finder.finds(text)) continue;
      const [refused] = lettersIn(text) ?? [];
      const event = isObject(refused) ? refused.event : undefined;
      if (cameAfter(work, event) || textIsHeld(work, text)) continue;
      const done = inWordsOnly(work.finder, text) ? "redacted" : "erased";
      const content = done === "erased" ? stubOf(work.id) : redactJson(text, work.finder.redact);
      const [before, after] = [hash("sha256", was), hash("sha256", content)];
      // What was refused would come in now, if the setting that refused it was mended.
      const wouldCome = done === "erased" ? accepted(event) : undefined;
      if (wouldCome) await keepOut(work, wouldCome);
      await work.note([{ container: "quarantine", blob: name, done, before, after }]);
      await unlessChanged(replaceErased("quarantine", name, { tombstone: work.id, content, etag, before }));
      count(work, `quarantine ${done}`);
    }
    yield next;
  }
}

/** Dead letters: the person's events are taken out of their list, and the person out of those of others. */
export async function* sweepDeadLetters(work: Work, cursor: string): AsyncGenerator<string> {
  for await (const { page, next, unread } of walkBlobs("dead-letters", cursor)) {
    countUnread(work, "dead letters", unread);
    for (const blob of page) await sweepLetters(work, blob);
    yield next;
  }
}

/** Exports, of anybody: they are packed, may have the person in anybody's words, and can be made again. Those of who is held expire. */
export async function* sweepExports(work: Work): AsyncGenerator<string> {
  const held: string[] = [];
  for await (const { row } of readAll<ExportRow>(exportPartition)) {
    const hold = work.held.ofPerson(JSON.parse(row.entities) as string[]);
    if (hold !== undefined) {
      keep(work, hold);
      held.push(folderOf(row.exportId));
      continue;
    }
    await removeExport(row.exportId);
    count(work, "exports deleted");
    yield "";
  }
  const client = await container("exports");
  if (!(await client.exists({ abortSignal: inTime() }))) return;
  for await (const { name } of client.listBlobsFlat()) {
    if (held.some((folder) => name.startsWith(folder))) continue;
    await client.getBlobClient(name).deleteIfExists({ deleteSnapshots: "include", abortSignal: inTime() });
    count(work, "exports deleted");
  }
}

/** The owner's documents are the owner's to change; the erasure tells which of them name the person. */
export async function* lookIntoConfig(work: Work, cursor: string): AsyncGenerator<string> {
  for await (const { page, next, unread } of walkBlobs("config", cursor)) {
    countUnread(work, "config", unread);
    for (const { name, content } of page) {
      if (work.finder.finds(content.toString("utf8"))) work.counts[`config/${name} still names the person`] = 1;
    }
    yield next;
  }
}

/** Too long to be looked into. */
function countUnread(work: Work, what: string, times: number): void {
  if (times > 0) count(work, `${what} unreadable`, times);
}
