/** The six fields of a timer's schedule, in order, with the least and greatest value of each. */
const fields: [string, number, number][] = [
  ["second", 0, 59],
  ["minute", 0, 59],
  ["hour", 0, 23],
  ["day", 1, 31],
  ["month", 1, 12],
  ["day of week", 0, 6],
];
const yearsAhead = 5;

/**
 * Reads an NCRONTAB expression `{second} {minute} {hour} {day} {month} {day of week}` (numbers, `*`, `a-b`, `/n`, lists).
 * @returns a function that gives the next matching time after the given one, in UTC
 * @throws Error that names the field
 */
export function parseNcrontab(expression: string): (after: Date) => Date {
  const parts = expression.trim().split(/\s+/);
  if (parts.length === 5) parts.unshift("0");
  if (parts.length !== 6) throw new Error(`Schedule "${expression}" must have six fields, seconds first.`);
  const allowed = parts.map((part, index) => {
    const [name, least, most] = fields[index] ?? ["", 0, 0];
    return parseField(part, name, least, most);
  });
  const fits = (field: number, value: number) => allowed[field]?.has(value) === true;

  return (after) => {
    const time = new Date(Math.floor(after.getTime() / 1000) * 1000 + 1000);
    const lastYear = time.getUTCFullYear() + yearsAhead;
    while (time.getUTCFullYear() <= lastYear) {
      if (!fits(4, time.getUTCMonth() + 1)) {
        time.setUTCMonth(time.getUTCMonth() + 1, 1);
        time.setUTCHours(0, 0, 0);
      } else if (!fits(3, time.getUTCDate()) || !fits(5, time.getUTCDay())) {
        time.setUTCHours(24, 0, 0);
      } else if (!fits(2, time.getUTCHours())) time.setUTCMinutes(60, 0);
      else if (!fits(1, time.getUTCMinutes())) time.setUTCSeconds(60);
      else if (!fits(0, time.getUTCSeconds())) time.setUTCSeconds(time.getUTCSeconds() + 1);
      else return time;
    }
    throw new Error(`Schedule "${expression}" never comes.`);
  };
}

function parseField(text: string, name: string, least: number, most: number): Set<number> {
  const values = new Set<number>();
  for (const item of text.split(",")) {
    const [, from, to, step] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(item) ?? [];
    const first = from === "*" ? least : Number(from);
    const last = to !== undefined ? Number(to) : from === "*" || step !== undefined ? most : first;
    const by = Number(step ?? 1);
    if (!(first >= least && last <= most && first <= last && by > 0)) {
      throw new Error(`"${item}" is no ${name} of a schedule (${least} to ${most}).`);
    }
    for (let value = first; value <= last; value += by) values.add(value);
  }
  return values;
}
