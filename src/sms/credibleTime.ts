/** ACS and carriers are younger; tables begin at 1601. */
const earliest = Date.UTC(2000, 0);

/** The clock of ACS may be ahead of that of storage, but not by more than this, in milliseconds. */
const skew = 300_000;

/**
 * The first of several times from outside that can be true: not before 2000, and not later than the event arrived. A word dated
 * 2099 would be the last one for ever.
 * @returns `arrivedAt` when there is none
 */
export function credibleTime(times: readonly (string | null | undefined)[], arrivedAt: Date): Date {
  const found = times
    .map((time) => Date.parse(time ?? ""))
    .find((time) => time >= earliest && time <= arrivedAt.getTime() + skew);
  return found === undefined ? arrivedAt : new Date(found);
}
