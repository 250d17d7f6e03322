// Which threads, calls and e-mails the person was in alone: what is of them goes; of all others the person is taken out.

import { findCall } from "../../../calls/record/findCall.ts";
import { timelineOf } from "../../../events/callName.ts";
import { callRecordings } from "../../../recordings/serving/callRecordings.ts";
import { firstRows } from "../../../storage/firstRows.ts";
import { tableKey } from "../../../storage/keys.ts";
import { put, readAll } from "../../../storage/ledger.ts";
import type { TimelineRow } from "../../../storage/readTimeline.ts";
import { callIn } from "../contextsIn.ts";
import { type ContextRow, contextKey, contextsOf } from "../erasureRow.ts";
import { othersRecorded } from "../othersRecorded.ts";
import { readEvents } from "../readEvents.ts";
import { othersIn, type Work } from "../work.ts";

/** Events that are looked at; what has more is taken for shared. */
const maxEvents = 2_000;
const pageSize = 50;

/** @param cursor the row key of the last context that was judged */
export async function* judgeContexts(work: Work, cursor: string): AsyncGenerator<string> {
  for await (const { row, rowKey } of readAll<ContextRow>(contextsOf(work.id))) {
    // In the second pass those that were shared once more: the others may have been erased at the same time.
    const known = work.pass === 1 ? row.alone !== undefined || work.contexts.get(row.context) !== undefined : row.alone;
    if (rowKey <= cursor || known) continue;
    const { alone, names } = await judge(work, row.context);
    for (const context of new Set([row.context, ...names])) {
      await put(contextKey(work.id, context), { context, alone } satisfies ContextRow);
      work.contexts.set(context, alone);
    }
    yield rowKey;
  }
}

/** @returns also the other timelines of a call */
async function judge(work: Work, context: string): Promise<{ alone: boolean; names: string[] }> {
  const call = callIn(context);
  const found = call && (await findCall(call, callRecordings));
  const names = found?.names.map(timelineOf) ?? [];
  if (found?.cut) return { alone: false, names };
  for (const recordingId of found?.recordingIds ?? []) {
    if ((await othersRecorded(work, recordingId)).length > 0) return { alone: false, names };
  }
  for (const timeline of new Set([context, ...names])) {
    if (await othersAt(work, timeline)) return { alone: false, names };
  }
  return { alone: true, names };
}

async function othersAt(work: Work, timeline: string): Promise<boolean> {
  let after = "";
  for (let looked = 0; looked < maxEvents; looked += pageSize) {
    const rows = await firstRows<TimelineRow>("timeline", { partitionKey: tableKey(timeline), after }, pageSize);
    for (const event of await readEvents(rows.flatMap(({ blob }) => (blob ? [blob] : [])))) {
      if ((await othersIn(event, work.finder)).length > 0) return true;
    }
    if (rows.length < pageSize) return false;
    after = rows.at(-1)?.rowKey ?? after;
  }
  return true;
}
