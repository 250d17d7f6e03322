import { dayBefore, localTime } from "./localTime.ts";
import type { OpeningHours } from "./openingHours.ts";

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/**
 * Whether it is open at a moment.
 * @param documentZone IANA time zone of hours that name none
 * @returns also why, for a person: the local time and what decided
 */
export function isOpen(hours: OpeningHours, at: Date, documentZone: string): { open: boolean; why: string } {
  const zone = hours.timeZone ?? documentZone;
  const { date, weekday, minutes, clock } = localTime(at, zone);
  const yesterday = dayBefore(date);
  const when = `${weekdays[weekday]} ${date} ${clock} ${zone}`;

  // The tail of yesterday's last range first: it is yesterday's, even when today is a holiday.
  const late = holidayOf(hours, yesterday) ? [] : rangesOf(hours, weekday + 6).filter(({ from, to }) => to <= from);
  if (late.some(({ to }) => minutes < to)) return { open: true, why: `open since yesterday (${when})` };
  const holiday = holidayOf(hours, date);
  if (holiday) return { open: false, why: `closed, holiday ${holiday} (${when})` };
  const open = rangesOf(hours, weekday).some(({ from, to }) => from <= minutes && (minutes < to || to <= from));
  return { open, why: `${open ? "open" : "closed"} (${when})` };
}

function holidayOf({ holidays = [] }: OpeningHours, date: string): string | undefined {
  return holidays.find((holiday) => holiday === date || holiday === date.slice(5));
}

function rangesOf(hours: OpeningHours, weekday: number): { from: number; to: number }[] {
  const ranges = hours[weekdays[weekday % 7] ?? "sunday"] ?? [];
  return ranges.map((range) => {
    const [from = 0, to = 0] = range.split("-").map(minutesOf);
    return { from, to };
  });
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}
