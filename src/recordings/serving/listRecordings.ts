// `GET /api/recordings`: walks the index of recordings (becomeKnown.ts) from the newest month to the oldest, and looks at a bounded
// number of them.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { httpHandler } from "../../http/httpHandler.ts";
import { newestFirst, timeOfKey } from "../../storage/newestFirst.ts";
import { httpStatus, inTime } from "../../storage/onDemand.ts";
import { table } from "../../storage/tables.ts";
import { foldManifest } from "../manifest/foldManifest.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { readRows } from "../readRows.ts";
import type { ChunkState } from "../rows.ts";
import { type ListQuery, listQuery, tokenOf } from "./listQuery.ts";

/** What one call may cost: partitions of the index, and recordings of which the rows are read. */
const maxMonths = 24;
const maxLookedAt = 200;

/** Recordings that are looked at together when only some of them are wanted. */
const batch = 50;

/** Recordings whose rows are read at once, in the whole process. */
const places = new Semaphore(16);

interface Item extends Pick<Manifest, "recordingId" | "state" | "callId" | "serverCallId"> {
  startedAt: string;
  /** How many chunks are in each state. */
  chunks: Partial<Record<ChunkState, number>>;
  /** Of what is archived. */
  bytes: number;
  link: string;
}

interface IndexRow {
  rowKey: string;
  recordingId: string;
}

/** The handler of `GET /api/recordings`. */
export const listRecordings = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const { value, next } = await page(listQuery(request), new URL(request.url).pathname.replace(/\/+$/, ""));
  const jsonBody = { value, ...(next && { continuationToken: tokenOf(next) }) };
  return { headers: { "cache-control": "no-store" }, jsonBody };
});

async function page({ from, to, state, pageSize, after }: ListQuery, path: string) {
  const value: Item[] = [];
  const last = `${newestFirst(from)}_g`;
  let position = after ?? `${newestFirst(to)}_`;
  let lookedAt = 0;
  let months = 0;
  for (let month = monthOf(timeOfKey(position)); month >= monthOf(from); month = monthOf(month - 1)) {
    if (++months > maxMonths) return { value, next: position };
    for (let left = true; left; ) {
      const wanted = Math.min(state ? batch : pageSize - value.length, maxLookedAt - lookedAt);
      const rows = await indexRows(month, position, last, wanted);
      const items = await Promise.all(rows.map((row) => itemOf(row, path)));
      for (const [index, { rowKey }] of rows.entries()) {
        const item = items[index];
        if (item && (!state || item.state === state)) value.push(item);
        position = rowKey;
        if (value.length === pageSize || ++lookedAt === maxLookedAt) return { value, next: position };
      }
      left = rows.length === wanted;
    }
    position = `${newestFirst(month)}_${"f".repeat(64)}`;
  }
  return { value };
}

/** The first rows of a month after a position, at most `count`. */
async function indexRows(month: number, position: string, last: string, count: number): Promise<IndexRow[]> {
  const partition = `recordings:${new Date(month).toISOString().slice(0, 7)}`;
  const filter = `PartitionKey eq '${partition}' and RowKey gt '${position}' and RowKey lt '${last}'`;
  const queryOptions = { filter, select: ["RowKey", "recordingId"] };
  const timeline = await table("timeline");
  const found: IndexRow[] = [];
  try {
    const rows = timeline.listEntities<IndexRow>({ queryOptions, abortSignal: inTime() });
    for await (const some of rows.byPage({ maxPageSize: count })) {
      for (const { rowKey = "", recordingId } of some) found.push({ rowKey, recordingId });
      if (found.length >= count) break;
    }
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
  }
  return found.slice(0, count);
}

async function itemOf({ rowKey, recordingId }: IndexRow, path: string): Promise<Item | undefined> {
  const rows = await places.runExclusive(() => readRows(recordingId));
  if (!rows) return undefined;
  const { state, callId, serverCallId, chunks } = foldManifest(recordingId, rows, new Map());
  const counts: Item["chunks"] = {};
  for (const chunk of chunks) counts[chunk.state] = (counts[chunk.state] ?? 0) + 1;
  return {
    recordingId,
    startedAt: new Date(timeOfKey(rowKey)).toISOString(),
    state,
    ...(callId && { callId }),
    ...(serverCallId && { serverCallId }),
    chunks: counts,
    bytes: chunks.reduce((sum, { length = 0 }) => sum + length, 0),
    link: `${path}/${encodeURIComponent(recordingId)}`,
  };
}

/** The begin of the UTC month that a time is in. */
function monthOf(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}
