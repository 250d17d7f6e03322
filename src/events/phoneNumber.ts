import { getCountries, getCountryCallingCode, Metadata } from "libphonenumber-js/min";

const E164 = /^\+[1-9]\d{6,14}$/;
/** A full international number without its "+": short codes (five or six digits) and padded forms stay out. */
const DIGITS = /^[1-9]\d{7,14}$/;

/** Calling code → how many digits may follow. */
const POSSIBLE_LENGTHS = possibleLengths();

/**
 * A phone number in E.164: "15551234567" and "+15551234567" both give "+15551234567", as ACS writes numbers both ways.
 * Short codes, alphanumeric senders and everything else that is no possible number come back unchanged.
 */
export function toE164(value: string): string {
  return !E164.test(value) && DIGITS.test(value) && isPossible(value) ? `+${value}` : value;
}

/** Whether a sender or recipient is a phone number, and no short code or name. */
export function isE164(value: string): boolean {
  return E164.test(value);
}

/** No calling code is the beginning of another one. */
function isPossible(digits: string): boolean {
  for (let length = 1; length <= 3; length++) {
    const possible = POSSIBLE_LENGTHS.get(digits.slice(0, length));
    if (possible) return possible.has(digits.length - length);
  }
  return false;
}

/** The library's table itself, as parsing one number with it takes 40 µs: more than all else that is done to an event. */
function possibleLengths(): ReadonlyMap<string, ReadonlySet<number>> {
  const metadata = new Metadata();
  const table = new Map<string, Set<number>>();
  for (const country of getCountries()) {
    metadata.selectNumberingPlan(country);
    const code = getCountryCallingCode(country);
    const lengths = table.get(code) ?? new Set();
    for (const length of metadata.numberingPlan?.possibleLengths() ?? []) lengths.add(length);
    table.set(code, lengths);
  }
  // Some of its countries have shorter numbers that nobody calls from abroad; an eight-digit sender is a service, not a person.
  table.set("1", new Set([10]));
  return table;
}
