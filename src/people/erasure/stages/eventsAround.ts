// Events of threads, calls and e-mails that the person was in: others wrote there of the person, by name.
import { transcriptOf } from "../../../calls/threads/rows.ts";
import { deleteRows } from "../../../storage/deleteRows.ts";
import { firstRows } from "../../../storage/firstRows.ts";
import { tableKey } from "../../../storage/keys.ts";
import type { TimelineRow } from "../../../storage/readTimeline.ts";
import { eraseEvents } from "../eraseEvents.ts";
import { judgeContext } from "../judgeContext.ts";
import type { Work } from "../work.ts";

const pageSize = 32;

/** @param cursor JSON: the context, and the row key after which it goes on there */
export async function* eventsAround(work: Work, cursor: string): AsyncGenerator<string> {
  const [current, begin] = cursor === "" ? ["", ""] : (JSON.parse(cursor) as [string, string]);
  for (const context of [...work.contexts.keys()].sort()) {
    if (context < current) continue;
    let after = context === current ? begin : "";
    for (let left = true; left; ) {
      const rows = await firstRows<TimelineRow>("timeline", { partitionKey: tableKey(context), after }, pageSize);
      await eraseEvents(
        work,
        rows.flatMap(({ blob }) => (blob ? [blob] : [])),
      );
      after = rows.at(-1)?.rowKey ?? after;
      left = rows.length === pageSize;
      yield JSON.stringify([context, after]);
    }
    const [threadId] = context.startsWith("thread:") ? [context.slice("thread:".length)] : [];
    if (threadId === undefined || work.contexts.get(context) !== true || work.held.ofPerson([context])) continue;
    // Somebody may have come since it was judged.
    if ((await judgeContext(work, context)).alone) await deleteTranscript(threadId);
    else work.contexts.set(context, false);
  }
}

/** What nobody else was in has nothing to tell any more. */
async function deleteTranscript(threadId: string): Promise<void> {
  const partitionKey = transcriptOf(threadId);
  for (;;) {
    const rows = await firstRows("timeline", { partitionKey, after: "" }, 100);
    if (rows.length === 0) return;
    await deleteRows(
      "timeline",
      rows.map(({ rowKey }) => ({ partitionKey, rowKey })),
    );
  }
}
