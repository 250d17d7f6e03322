// Named opening hours of the owner's documents: their schema and what they mean.
import { type Static, Type } from "typebox";
import { dayBefore, localTime } from "./localTime.ts";

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

/** The schema of a time zone's name. */
export const timeZone = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, description, examples: ["Europe/Berlin", "America/New_York"] }));

const day = Type.Optional(
  Type.Array(Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d-(([01]\\d|2[0-3]):[0-5]\\d|24:00)$" }), {
    description:
      "When it is open, from-to by the clock on the wall. A range that ends before it begins passes midnight and belongs to the day it begins on. A day that is left out is closed.",
    examples: [["09:00-12:30", "13:30-17:00"], ["22:00-02:00"], ["00:00-24:00"]],
  }),
);

export const openingHours = Type.Object(
  {
    timeZone: timeZone("Time zone (IANA) of these hours; that of the document if left out."),
    ...{ monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: day, sunday: day },
    holidays: Type.Optional(
      Type.Array(Type.String({ pattern: "^(\\d{4}-)?\\d\\d-\\d\\d$" }), {
        description: "Days on which it does not open: a date, or month and day for every year.",
        examples: [["2026-04-03", "12-25"]],
      }),
    ),
  },
  { additionalProperties: false, description: "Opening hours." },
);

export type OpeningHours = Static<typeof openingHours>;

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
