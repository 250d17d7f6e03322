// Which threads, calls and e-mails the person was in alone: what is of them goes; of all others the person is taken out.
import { put, readAll } from "../../../storage/ledger.ts";
import { type ContextRow, contextKey, contextsOf } from "../erasureRow.ts";
import { judgeContext } from "../judgeContext.ts";
import type { Work } from "../work.ts";

/** @param cursor the row key of the last context that was judged */
export async function* judgeContexts(work: Work, cursor: string): AsyncGenerator<string> {
  const judged = new Set<string>();
  for await (const { row, rowKey } of readAll<ContextRow>(contextsOf(work.id))) {
    // In the second pass all once more: the others may have been erased at the same time, or others may have come.
    if (rowKey <= cursor || row.pass === work.pass || judged.has(row.context)) continue;
    const { alone, names } = await judgeContext(work, row.context);
    for (const context of new Set([row.context, ...names])) {
      await put(contextKey(work.id, context), { context, alone, pass: work.pass } satisfies ContextRow);
      judged.add(context);
      work.contexts.set(context, alone);
    }
    yield rowKey;
  }
}
