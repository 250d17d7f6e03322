/** Nothing of ACS is older, and lists do not look further back; milliseconds since 1970. */
export const acsBegan = Date.UTC(2020, 0);

/** The clock of ACS may be ahead of that of storage, but not by more than this, in milliseconds. */
const skew = 300_000;

/**
 * The first of several times from outside that can be true: not before 2020, and not later than the event arrived. A word dated
 * 2099 would be the last one for ever.
 * @returns `arrivedAt` when there is none
 */
export function credibleTime(times: readonly (string | null | undefined)[], arrivedAt: Date): Date {
  const found = times
    .map((time) => Date.parse(time ?? ""))
    .find((time) => time >= acsBegan && time <= arrivedAt.getTime() + skew);
  return found === undefined ? arrivedAt : new Date(found);
}
