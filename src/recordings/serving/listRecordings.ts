// `GET /api/recordings`: walks the index of recordings (becomeKnown.ts) from the newest month to the oldest, and looks at a bounded
// number of them.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { httpHandler } from "../../http/httpHandler.ts";
import { pageAnswer } from "../../http/pageQuery.ts";
import { timeOfKey } from "../../storage/newestFirst.ts";
import { pageOfMonths } from "../../storage/pageOfMonths.ts";
import { foldManifest } from "../manifest/foldManifest.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { readRows } from "../readRows.ts";
import type { ChunkState } from "../rows.ts";
import { listQuery } from "./listQuery.ts";

/** Recordings of which one call reads the rows. */
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
  recordingId: string;
}

/** The handler of `GET /api/recordings`. */
export const listRecordings = httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
  const { state, ...query } = listQuery(request);
  const path = new URL(request.url).pathname.replace(/\/+$/, "");
  const page = await pageOfMonths<IndexRow, Item>({
    ...query,
    index: "recordings",
    batch: state && batch,
    maxLookedAt,
    async item(row) {
      const item = await itemOf(row, path);
      return state && item?.state !== state ? undefined : item;
    },
  });
  return pageAnswer(page);
});

async function itemOf({ rowKey, recordingId }: IndexRow & { rowKey: string }, path: string): Promise<Item | undefined> {
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
