import { namesIn, timelineOf } from "../../events/callName.ts";
import { endOfTries, isPast } from "../../recordings/archiving/isGone.ts";
import { readRows } from "../../recordings/readRows.ts";
import { finalStates, openPartition } from "../../recordings/rows.ts";
import { callRecordings } from "../../recordings/serving/callRecordings.ts";
import { readAll } from "../../storage/ledger.ts";
import type { Work } from "./work.ts";

/**
 * Whether a chunk is still being fetched that the person may be in: only its metadata will tell who is. A chunk counts that was announced
 * before the erasure was asked for, or is of a call that the person was in.
 */
export async function fetchesGoOn({ contexts }: Work, askedAt: Date): Promise<boolean> {
  for await (const { row: open } of readAll<{ recordingId: string }>(openPartition)) {
    const chunks = ((await readRows(open.recordingId))?.chunks ?? [])
      .map(({ row }) => row)
      .filter((row) => !finalStates.has(row.state) && !isPast(endOfTries(row)));
    if (chunks.some(({ announcedAt }) => announcedAt <= askedAt)) return true;
    if (chunks.length === 0) continue;
    const names = namesIn({ data: { ...(await callRecordings.callOf(open.recordingId)) } });
    if (names.some((name) => contexts.has(timelineOf(name)))) return true;
  }
  return false;
}
