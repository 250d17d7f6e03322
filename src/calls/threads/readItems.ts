// A page of a transcript: walks the items of a thread, and looks at what events said of each.
import { Semaphore } from "async-mutex";
import type { PageQuery } from "../../http/pageQuery.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { foldItem, type Item } from "./foldItem.ts";
import { placeOf } from "./inOrder.ts";
import { readFragments } from "./readFragments.ts";
import { itemKey, maxFragments, partsOf, transcriptOf } from "./rows.ts";

/** What one call may cost: items that are looked at, in all and together, and characters of the answer. */
const maxLookedAt = 200;
const batch = 20;
const maxCharacters = 2_000_000;

/** Items that are looked at at once, in the whole process. */
const places = new Semaphore(16);

/** @returns `next`: the row key after which the next page begins; absent at the end */
export async function readItems(
  threadId: string,
  { from, to, pageSize, after }: PageQuery,
): Promise<{ value: Item[]; next?: string }> {
  const partitionKey = transcriptOf(threadId);
  const before = to === undefined ? "i_a" : itemKey(new Date(to).toISOString(), "g");
  const value: Item[] = [];
  let position = after ?? (from === undefined ? "i_" : itemKey(new Date(from).toISOString(), ""));
  let characters = 0;
  for (let lookedAt = 0; ; ) {
    const wanted = Math.min(batch, pageSize - value.length, maxLookedAt - lookedAt);
    const rows = await firstRows("timeline", { partitionKey, after: position, before }, wanted);
    const items = await Promise.all(rows.map(({ rowKey }) => places.runExclusive(() => itemAt(partitionKey, rowKey))));
    for (const item of items) {
      if (item === undefined) continue;
      value.push(item);
      characters += JSON.stringify(item).length;
    }
    if (rows.length < wanted) return { value };
    position = rows.at(-1)?.rowKey ?? position;
    lookedAt += rows.length;
    if (value.length === pageSize || lookedAt === maxLookedAt || characters > maxCharacters) {
      return { value, next: position };
    }
  }
}

/** The item of a row; undefined when it stands earlier, because another event knew better when it was. */
async function itemAt(partitionKey: string, rowKey: string): Promise<Item | undefined> {
  const { place, key } = partsOf(rowKey);
  const range = { partitionKey, after: `f_${key}_`, before: `f_${key}_g` };
  const { fragments, cut } = await readFragments(range, maxFragments);
  if (fragments.length === 0 || (!cut && placeOf(fragments) !== place)) return undefined;
  return { ...foldItem(fragments), ...(cut && { cut }) };
}
