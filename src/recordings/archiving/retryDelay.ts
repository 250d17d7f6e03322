const minute = 60_000;
const delays = [minute / 2, minute, 2 * minute, 5 * minute, 10 * minute, 20 * minute];

/**
 * How long to wait before the next try, in milliseconds: half a minute at first, half an hour from the seventh on, so that a
 * window of 24 hours has some fifty tries and a short failure costs little.
 * @param attempts failed tries so far
 */
export function retryDelay(attempts: number): number {
  return delays[attempts - 1] ?? 30 * minute;
}
