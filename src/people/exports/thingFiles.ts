// The files of a conversation, call, thread or recording in an export.
import { readCall } from "../../calls/record/readCall.ts";
import type { Item } from "../../calls/threads/foldItem.ts";
import { readItems } from "../../calls/threads/readItems.ts";
import { readThread } from "../../calls/threads/readThread.ts";
import type { Entity } from "../../events/entities.ts";
import { callRecordings } from "../../recordings/serving/callRecordings.ts";
import { readConversation } from "../../sms/reading/readConversation.ts";
import { container } from "../../storage/blobs.ts";
import { blobSegment } from "../../storage/keys.ts";
import { inTime } from "../../storage/onDemand.ts";
import { readPart } from "../../storage/readPart.ts";
import { unlessMissing } from "../../storage/unlessMissing.ts";
import { idOf, type Thing } from "../knowing/thingIn.ts";
import { jsonStream } from "./jsonStream.ts";
import { itemUntil, seenUntil, threadUntil } from "./threadSeen.ts";

export interface ExportFile {
  /** In the zip. */
  path: string;
  content: AsyncIterable<Uint8Array>;
  /** False for what is compressed already. */
  compress?: boolean;
}

/** The files of a thing; none when nothing of it is there any more. */
export async function* thingFiles(thing: Thing, entities: readonly Entity[]): AsyncGenerator<ExportFile> {
  if (thing.kind === "conversation") {
    const { ourNumber, theirNumber } = thing;
    const items = pages((after) => readConversation({ ourNumber, theirNumber }, { pageSize: 100, after }));
    const path = `conversations/${blobSegment(ourNumber)}_${blobSegment(theirNumber)}.json`;
    yield { path, content: jsonStream({ ourNumber, theirNumber }, "value", items) };
  } else if (thing.kind === "call") {
    const call = await readCall(idOf(thing.name), callRecordings);
    const id = call?.serverCallId ?? call?.correlationId ?? idOf(thing.name);
    if (call) yield { path: `calls/${blobSegment(id)}.json`, content: json(call) };
  } else if (thing.kind === "thread") {
    yield await threadFile(thing.threadId, entities);
  } else {
    yield* recordingFiles(thing.recordingId);
  }
}

async function threadFile(threadId: string, entities: readonly Entity[]): Promise<ExportFile> {
  const thread = await readThread(threadId);
  const until = seenUntil(thread, entities);
  const shown = until === undefined ? thread : threadUntil(thread, until);
  const head = { threadId, ...shown, ...(until !== undefined && { seenUntil: until }) };
  const items = pages((after) => readItems(threadId, { pageSize: 100, after }));
  const seen = until === undefined ? items : itemsUntil(items, until);
  return { path: `threads/${blobSegment(threadId)}.json`, content: jsonStream(head, "value", seen) };
}

async function* itemsUntil(items: AsyncIterable<Item>, until: string): AsyncGenerator<Item> {
  for await (const item of items) {
    const seen = itemUntil(item, until);
    if (seen) yield seen;
  }
}

/** All that container `recordings` has of a recording: its manifest, and content and metadata of its chunks. */
async function* recordingFiles(recordingId: string): AsyncGenerator<ExportFile> {
  const client = await container("recordings");
  const prefix = `${blobSegment(recordingId)}/`;
  for await (const { name, properties } of client.listBlobsFlat({ prefix })) {
    const blob = client.getBlobClient(name);
    const found = await unlessMissing(() => blob.getProperties({ abortSignal: inTime() }));
    if (!found?.etag) continue;
    const part = { etag: found.etag, start: 0, end: found.contentLength ?? 0 };
    const compress = properties.contentType === "application/json";
    yield { path: `recordings/${name}`, content: await readPart(blob, part), compress };
  }
}

/** The items of all pages of a list. */
async function* pages<T>(
  read: (after: string | undefined) => Promise<{ value: T[]; next?: string }>,
): AsyncGenerator<T> {
  let after: string | undefined;
  do {
    const page: { value: T[]; next?: string } = await read(after);
    yield* page.value;
    after = page.next;
  } while (after !== undefined);
}

async function* json(value: object): AsyncGenerator<Buffer> {
  yield Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
