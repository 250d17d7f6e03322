// When Event Grid tries again (https://learn.microsoft.com/azure/event-grid/delivery-and-retry).
// The service adds jitter and may skip steps; here the schedule is exact, so that tests can count on it.

const minute = 60;
const hour = 60 * minute;
const schedule = [10, 30, minute, 5 * minute, 10 * minute, 30 * minute, hour, 3 * hour, 6 * hour];
const afterSchedule = 12 * hour;

// For webhooks. Whoever answers so has a fault that time does not mend.
const finalStatuses = new Set([400, 401, 403, 413]);
const leastDelays = new Map([
  [408, 2 * minute],
  [503, 30],
]);

export function isDelivered(status: number): boolean {
  return status >= 200 && status <= 204;
}

/**
 * Seconds to wait before the next attempt, or undefined if there is none after this status.
 *
 * @param attempt the attempt that just failed, from 1.
 * @param status its HTTP status; 0 stands for no answer.
 */
export function retryDelay(attempt: number, status: number): number | undefined {
  if (finalStatuses.has(status)) return undefined;
  return Math.max(schedule[attempt - 1] ?? afterSchedule, leastDelays.get(status) ?? 10);
}
