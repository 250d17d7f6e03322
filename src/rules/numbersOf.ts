import { parseNumber } from "../events/parseNumber.ts";

export type NumberLists = Readonly<Record<string, readonly string[]>>;

/** Entries do not change while their document is in force; a cache that may be dropped. */
const known = new WeakMap<readonly string[], ReadonlySet<string>>();

/**
 * The numbers, in E.164 or as short codes, that entries name: each is a number or the name of a list. Others name none.
 * @param parse gives an entry its one spelling; another where entries may also be something else, always the same for one document
 */
export function numbersOf(
  entries: readonly string[],
  lists: NumberLists = {},
  parse: (entry: string) => string | undefined = parseNumber,
): ReadonlySet<string> {
  let numbers = known.get(entries);
  if (!numbers) {
    const written = entries.flatMap((entry) => (Object.hasOwn(lists, entry) ? (lists[entry] ?? []) : [entry]));
    numbers = new Set(written.map(parse).filter((number) => number !== undefined));
    known.set(entries, numbers);
  }
  return numbers;
}
