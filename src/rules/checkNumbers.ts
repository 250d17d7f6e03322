import { parseNumber } from "../events/parseNumber.ts";
import type { Finding } from "./finding.ts";
import type { NumberLists } from "./numbersOf.ts";

/** What an entry may be, besides the name of a list. */
export interface EntryKind {
  parse(entry: string): string | undefined;
  /** In words, for the owner. */
  wanted: string;
}

const phoneNumbers: EntryKind = {
  parse: parseNumber,
  wanted: "a phone number with + and country code, or a short code",
};

/** Whether each entry at `instancePath` is a number (or of another kind), or the name of one of the lists, if there can be some. */
export function checkNumbers(
  instancePath: string,
  entries: readonly string[] = [],
  lists?: NumberLists,
  { parse, wanted }: EntryKind = phoneNumbers,
): Finding[] {
  const wrong = entries.map((entry) => parse(entry) === undefined && !(lists && Object.hasOwn(lists, entry)));
  const message = `is not ${wanted}${lists ? ", or the name of one of the lists" : ""}`;
  return wrong.flatMap((is, index) => (is ? [{ instancePath: `${instancePath}/${index}`, message }] : []));
}
