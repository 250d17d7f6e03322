import { hash } from "node:crypto";
import { Mutex } from "async-mutex";
import { type FragmentRow, maxFragments } from "../calls/threads/rows.ts";
import type { AcsEvent } from "../events/acsEvent.ts";
import { namesIn } from "../events/callName.ts";
import { deleteRows, type RowKey } from "../storage/deleteRows.ts";
import { firstRows } from "../storage/firstRows.ts";
import { derivedRows } from "./derivedRows.ts";
import { enterNext } from "./enterNext.ts";

/** Events of one call are ended one after the other: what takes the place of one must not be on its way out itself. */
const turns = Array.from({ length: 64 }, () => new Mutex());

/** Takes an event out of all timelines, lists and transcripts. */
export async function endTimeline(event: AcsEvent, blob: string, storedAt: Date): Promise<void> {
  const { rows, shared } = derivedRows(event, blob, storedAt);
  const [name = event.identity] = namesIn(event);
  const turn = turns[Number.parseInt(hash("sha256", name).slice(0, 8), 16) % turns.length] ?? new Mutex();
  await turn.runExclusive(async () => {
    const needed = new Set((await enterNext(event, storedAt)).map(asText));
    await deleteRows(
      "timeline",
      rows.filter((row) => !needed.has(asText(row))),
    );
  });
  for (const { rows: together, range, isOne } of shared) {
    const others = await firstRows<FragmentRow>("timeline", range, isOne ? maxFragments : 1);
    if (!others.some(isOne ?? (() => true))) await deleteRows("timeline", together);
  }
}

const asText = ({ partitionKey, rowKey }: RowKey) => `${partitionKey} ${rowKey}`;
