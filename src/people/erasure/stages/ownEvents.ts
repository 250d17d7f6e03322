import { eraseEvents } from "../eraseEvents.ts";
import { readPages } from "../readPages.ts";
import type { Work } from "../work.ts";

/** Erases or redacts the events that name the person. */
export async function* ownEvents(work: Work, cursor: string): AsyncGenerator<string> {
  for await (const rows of readPages(work.finder.subject, cursor)) {
    await eraseEvents(
      work,
      rows.flatMap(({ blob }) => (blob === undefined ? [] : [blob])),
    );
    yield rows.at(-1)?.rowKey ?? "";
  }
}
