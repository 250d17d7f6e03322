import { parseNumber } from "../events/parseNumber.ts";
import type { Finding } from "./finding.ts";
import type { NumberLists } from "./numbersOf.ts";

const wanted = "a phone number with + and country code, or a short code";

/** Whether each entry at `instancePath` is a number, or the name of one of the lists, if there can be some. */
export function checkNumbers(instancePath: string, entries: readonly string[] = [], lists?: NumberLists): Finding[] {
  const wrong = entries.map((entry) => parseNumber(entry) === undefined && !(lists && Object.hasOwn(lists, entry)));
  const message = `is not ${wanted}${lists ? ", or the name of one of the lists" : ""}`;
  return wrong.flatMap((is, index) => (is ? [{ instancePath: `${instancePath}/${index}`, message }] : []));
}
