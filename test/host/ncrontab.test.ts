import { expect, it } from "vitest";
import { parseNcrontab } from "../../dev/host/ncrontab.ts";

const next = (schedule: string, after: string) => parseNcrontab(schedule)(new Date(after)).toISOString();

it.each([
  ["*/15 * * * * *", "2025-03-01T10:00:14.500Z", "2025-03-01T10:00:15.000Z"],
  ["0 */5 * * * *", "2025-03-01T10:00:00Z", "2025-03-01T10:05:00.000Z"],
  ["30 10 * * * *", "2025-03-01T10:10:30Z", "2025-03-01T11:10:30.000Z"],
  ["0 0 9-17 * * 1-5", "2025-03-01T10:00:00Z", "2025-03-03T09:00:00.000Z"],
  ["0 0 0 29 2 *", "2025-03-01T00:00:00Z", "2028-02-29T00:00:00.000Z"],
  ["0 0,30 4 * 12 *", "2025-12-31T04:30:00Z", "2026-12-01T04:00:00.000Z"],
  ["0 2 * * *", "2025-03-01T10:00:00Z", "2025-03-02T02:00:00.000Z"],
])("%s after %s comes at %s", (schedule, after, expected) => {
  expect(next(schedule, after)).toBe(expected);
});

it("refuses what is no schedule", () => {
  expect(() => parseNcrontab("* * *")).toThrow("six fields");
  expect(() => parseNcrontab("60 * * * * *")).toThrow('"60" is no second');
  expect(() => parseNcrontab("0 0 0 * * MON")).toThrow('"MON" is no day of week');
  expect(() => next("0 0 0 31 2 *", "2025-01-01T00:00:00Z")).toThrow("never comes");
});
