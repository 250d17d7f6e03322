import type { Finding } from "./finding.ts";
import { isTimeZone } from "./localTime.ts";
import type { OpeningHours } from "./openingHours.ts";

/** What a schema cannot say of a document's time zone and opening hours. `instancePath`s begin at the document. */
export function checkHours(document: { timeZone?: string; hours?: Record<string, OpeningHours> }): Finding[] {
  const found = checkZone("", document);
  for (const [name, hours] of Object.entries(document.hours ?? {})) {
    const { timeZone: _, holidays = [], ...days } = hours;
    found.push(...checkZone(`/hours/${name}`, hours));
    for (const [index, holiday] of holidays.entries()) {
      if (!isDate(holiday)) found.push({ instancePath: `/hours/${name}/holidays/${index}`, message: "is no date" });
    }
    for (const [day, ranges] of Object.entries(days)) {
      for (const [index, range] of ranges.entries()) {
        const [from, to] = range.split("-");
        const message = "begins when it ends; a whole day is 00:00-24:00";
        if (from === to) found.push({ instancePath: `/hours/${name}/${day}/${index}`, message });
      }
    }
  }
  return found;
}

function checkZone(path: string, { timeZone }: { timeZone?: string }): Finding[] {
  if (timeZone === undefined || isTimeZone(timeZone)) return [];
  return [
    { instancePath: `${path}/timeZone`, message: "is no IANA time zone; write one such as Europe/Berlin or UTC" },
  ];
}

/** A day without a year may be the 29th of February. */
function isDate(holiday: string): boolean {
  const date = holiday.length === 5 ? `2024-${holiday}` : holiday;
  const parsed = new Date(`${date}T00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}
