export interface LocalTime {
  /** yyyy-MM-dd */
  date: string;
  /** 0 is Sunday. */
  weekday: number;
  /** Since midnight by the clock on the wall. */
  minutes: number;
  /** HH:mm */
  clock: string;
}

/** A formatter costs 50 µs and is good for ever; a cache that may be dropped. */
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * What calendar and clock show at a moment in a time zone.
 * @param timeZone IANA name, e.g. `Europe/Berlin`
 * @throws RangeError when there is no such time zone
 */
export function localTime(at: Date, timeZone: string): LocalTime {
  let format = formats.get(timeZone);
  if (!format) {
    const numbers = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
    format = new Intl.DateTimeFormat("en-US", { timeZone, calendar: "gregory", hourCycle: "h23", ...numbers });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const { year = "", month = "", day = "", hour = "", minute = "" } = parts;
  const date = `${year.padStart(4, "0")}-${month}-${day}`;
  return {
    date,
    weekday: new Date(`${date}T00:00Z`).getUTCDay(),
    minutes: Number(hour) * 60 + Number(minute),
    clock: `${hour}:${minute}`,
  };
}

/** The day before a date, yyyy-MM-dd. */
export function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** Whether a name is that of an IANA time zone. */
export function isTimeZone(name: string): boolean {
  try {
    // An offset (+02:00) is accepted by newer engines and knows no summer time.
    return /^[a-z]/i.test(name) && new Intl.DateTimeFormat("en-US", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
