// The two documented forms of times (catalogue of event types, "Quirks common to all types", no. 7).

/** In samples of router events: "3/28/2007 7:13:50 PM +00:00". */
const US = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2}):(\d{2}) ([AP])M ([+-]\d{2}:\d{2})$/;
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?(?:Z|[+-]\d{2}:\d{2})$/;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * A documented time in UTC with exactly seven fraction digits ("2026-11-20T09:30:00.0000000Z"), so that text order is
 * time order; undefined when the form is none of the documented ones or the date does not exist.
 */
export function parseEventTime(value: string): string | undefined {
  if (ISO.test(value)) return utc(value);
  const us = US.exec(value);
  if (!us) return undefined;
  const [, month = "", day = "", year = "", hour = "", minute = "", second = "", half, offset = ""] = us;
  if (Number(hour) < 1 || Number(hour) > 12) return undefined;
  const hour24 = (Number(hour) % 12) + (half === "P" ? 12 : 0);
  return utc(`${year}-${two(month)}-${two(day)}T${two(hour24)}:${minute}:${second}${offset}`);
}

/** `iso` has the ISO form; whether it is a real date is seen here. */
function utc(iso: string): string | undefined {
  if (!isReal(iso)) return undefined;
  const seconds = iso.slice(0, 19);
  const end = iso.endsWith("Z") ? iso.length - 1 : iso.length - 6;
  const fraction = `.${iso.slice(20, end).padEnd(7, "0")}Z`;
  const offset = iso.slice(end);
  if (offset === "Z" || offset === "+00:00" || offset === "-00:00") return seconds + fraction;
  const utcSeconds = new Date(`${seconds}${offset}`);
  const year = utcSeconds.getUTCFullYear();
  // Also false for NaN: an offset that does not exist.
  return year >= 0 && year <= 9999 ? utcSeconds.toISOString().slice(0, 19) + fraction : undefined;
}

function isReal(iso: string): boolean {
  const month = digits(iso, 5);
  const day = digits(iso, 8);
  const leap = month === 2 && isLeap(Number(iso.slice(0, 4))) ? 1 : 0;
  if (day < 1 || day > (DAYS[month - 1] ?? 0) + leap) return false;
  return digits(iso, 11) < 24 && digits(iso, 14) < 60 && digits(iso, 17) < 60;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function digits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

function two(value: string | number): string {
  return String(value).padStart(2, "0");
}
