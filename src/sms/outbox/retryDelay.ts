/** Waits after the tries that failed, in milliseconds; the last one repeats. */
const delays = [10_000, 30_000, 120_000, 300_000, 900_000, 1_800_000, 3_600_000];

/** @param attempts tries that failed so far, at least 1 */
export function retryDelay(attempts: number): number {
  return delays[Math.min(attempts, delays.length) - 1] ?? 0;
}
