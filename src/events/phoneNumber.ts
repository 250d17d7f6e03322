import { numberLengths } from "./generated/numberLengths.js";

const E164 = /^\+[1-9]\d{6,14}$/;
/** A full international number without its "+": short codes (five or six digits) and padded forms stay out. */
const DIGITS = /^[1-9]\d{7,14}$/;

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

/** No calling code is the beginning of another one. A table, as parsing one number takes 40 µs: more than all else that is done to an event. */
function isPossible(digits: string): boolean {
  for (let length = 1; length <= 3; length++) {
    const possible = numberLengths[digits.slice(0, length)];
    if (possible) return possible.includes(digits.length - length);
  }
  return false;
}
