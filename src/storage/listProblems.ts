// The lists of problems: a range of keys in the partition of each kind (problemRows.ts), so that a page costs one call for each kind, however
// many problems there are.
import { Semaphore } from "async-mutex";
import { firstRows } from "./firstRows.ts";
import { newestFirst } from "./newestFirst.ts";
import type { ProblemKind } from "./problemKinds.ts";
import { type ListedProblem, listedAs, type ProblemState } from "./problemRows.ts";

/** Kinds that are looked into at once, in the whole process. */
const places = new Semaphore(16);

export type ListedItem = ListedProblem & { id: string; kind: ProblemKind };

interface Wanted {
  kinds: readonly ProblemKind[];
  state: ProblemState;
  /** First and last time of `since`, both included; milliseconds since 1970. */
  from: number;
  to: number;
  pageSize: number;
  /** Place after which the page begins. */
  after?: string | undefined;
}

/**
 * A page of the problems of a state, by when they came to it, newest first.
 * @returns `next`: the place after which the next page begins; absent at the end
 */
export async function listProblems(wanted: Wanted): Promise<{ value: ListedItem[]; next?: string }> {
  const { kinds, state, from, to, pageSize, after = `${newestFirst(to)}_` } = wanted;
  const prefix = listedAs(state);
  const range = { after: prefix + after, before: `${prefix}${newestFirst(from)}_g` };
  const look = async (kind: ProblemKind) => {
    const rows = await firstRows<ListedProblem>("problems", { partitionKey: kind, ...range }, pageSize + 1);
    return rows.map(({ rowKey, ...row }) => ({ ...row, kind, place: rowKey.slice(prefix.length) }));
  };
  const found = (await Promise.all(kinds.map((kind) => places.runExclusive(() => look(kind))))).flat();
  found.sort((a, b) => (a.place < b.place ? -1 : 1));
  const value = found.slice(0, pageSize).map(({ place, ...row }) => ({ ...row, id: `${row.kind}-${place.slice(16)}` }));
  const last = found[pageSize - 1];
  return found.length > pageSize && last ? { value, next: last.place } : { value };
}

/** All open problems of a kind, newest first, a page at a time. */
export async function* openProblems(kind: ProblemKind): AsyncGenerator<ListedItem> {
  let after: string | undefined;
  do {
    const page = await listProblems({ kinds: [kind], state: "open", from: 0, to: 9e13, pageSize: 100, after });
    yield* page.value;
    after = page.next;
  } while (after !== undefined);
}
