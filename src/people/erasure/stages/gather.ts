import { claim } from "../../../storage/ledger.ts";
import { contextsIn } from "../contextsIn.ts";
import { type ContextRow, contextKey } from "../erasureRow.ts";
import { namesShown } from "../namesIn.ts";
import { readEvents } from "../readEvents.ts";
import { readPages } from "../readPages.ts";
import type { Work } from "../work.ts";

/** Names of one person that are looked for. */
const maxNames = 100;

/** Looks through the person's events for the names that they show, and for what the person was in with others. */
export async function* gather(work: Work, cursor: string): AsyncGenerator<string> {
  for await (const rows of readPages(work.finder.subject, cursor)) {
    const blobs = rows.flatMap(({ blob }) => (blob === undefined ? [] : [blob]));
    for (const event of await readEvents(blobs)) {
      for (const { name, entity } of namesShown(event)) {
        const theirs = work.finder.subject.entities.includes(entity);
        if (theirs && work.names.size < maxNames) work.names.add(name);
      }
      for (const context of contextsIn(event)) {
        if (work.contexts.has(context)) continue;
        await claim<ContextRow>(contextKey(work.id, context), { context });
        work.contexts.set(context, undefined);
      }
    }
    yield rows.at(-1)?.rowKey ?? "";
  }
}
