import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkHours } from "../../src/rules/checkHours.ts";
import { isOpen } from "../../src/rules/isOpen.ts";
import { localTime } from "../../src/rules/localTime.ts";
import type { OpeningHours } from "../../src/rules/openingHours.ts";

const open = (hours: OpeningHours, at: string, zone = "UTC") => isOpen(hours, new Date(at), zone).open;

describe("opening hours", () => {
  // 2026-12-21 is a Monday.
  const office: OpeningHours = { monday: ["09:00-12:30", "13:30-17:00"], friday: ["09:00-24:00"] };

  it.each([
    ["2026-12-21T08:59Z", false],
    ["2026-12-21T09:00Z", true],
    ["2026-12-21T12:29Z", true],
    ["2026-12-21T12:30Z", false],
    ["2026-12-21T16:59Z", true],
    ["2026-12-22T10:00Z", false],
    ["2026-12-25T23:59Z", true],
    ["2026-12-26T00:00Z", false],
  ])("at %s: %j", (at, expected) => {
    expect(open(office, at)).toBe(expected);
  });

  it("are those of their own time zone, or else of the document's", () => {
    expect(open(office, "2026-12-21T14:00Z", "America/New_York")).toBe(true);
    expect(open(office, "2026-12-21T13:59Z", "America/New_York")).toBe(false);
    expect(open({ ...office, timeZone: "Asia/Kolkata" }, "2026-12-21T03:30Z", "America/New_York")).toBe(true);
    expect(open({ ...office, timeZone: "Asia/Kolkata" }, "2026-12-21T03:29Z", "America/New_York")).toBe(false);
  });

  it("go by the clock on the wall, summer and winter", () => {
    const always: OpeningHours = { monday: ["09:00-10:00"] };
    expect(open(always, "2026-07-06T07:00Z", "Europe/Berlin")).toBe(true);
    expect(open(always, "2026-07-06T08:00Z", "Europe/Berlin")).toBe(false);
    expect(open(always, "2026-12-21T08:00Z", "Europe/Berlin")).toBe(true);
    expect(open(always, "2026-12-21T07:00Z", "Europe/Berlin")).toBe(false);
  });

  it("may pass midnight, and belong to the day they begin on, holidays too", () => {
    const bar: OpeningHours = { friday: ["20:00-02:00"], holidays: ["2026-12-18", "12-26"] };
    expect(open(bar, "2026-12-25T22:00Z")).toBe(true);
    expect(open(bar, "2026-12-26T01:59Z")).toBe(true);
    expect(open(bar, "2026-12-26T02:00Z")).toBe(false);
    expect(open(bar, "2026-12-25T01:00Z")).toBe(false);
    expect(open(bar, "2026-12-18T22:00Z")).toBe(false);
    expect(open(bar, "2026-12-19T01:00Z")).toBe(false);
  });

  it("are none on holidays, of one year or of every year", () => {
    const hours: OpeningHours = { ...office, holidays: ["2026-12-21", "12-25"] };
    expect(open(hours, "2026-12-21T10:00Z")).toBe(false);
    expect(open(hours, "2026-12-25T10:00Z")).toBe(false);
    expect(open(hours, "2026-12-28T10:00Z")).toBe(true);
    expect(isOpen(hours, new Date("2026-12-25T10:00Z"), "UTC").why).toBe(
      "closed, holiday 12-25 (friday 2026-12-25 10:00 UTC)",
    );
  });

  it("say when by the local calendar: an ISO date and the clock of the zone, at any moment", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date("1970-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }), (at) => {
        const { date, weekday, minutes, clock } = localTime(at, "UTC");
        expect([`${date}T${clock}`, weekday]).toEqual([at.toISOString().slice(0, 16), at.getUTCDay()]);
        expect(minutes).toBe(at.getUTCHours() * 60 + at.getUTCMinutes());
      }),
    );
  });
});

it("names what is impossible in a document's hours, by its place", () => {
  const document = {
    timeZone: "Mars/Olympus",
    hours: {
      office: { monday: ["09:00-17:00", "10:00-10:00"], holidays: ["2026-02-30", "02-29", "2027-02-29", "13-01"] },
      abroad: { timeZone: "+02:00" },
    },
  };
  expect(checkHours(document).map(({ instancePath }) => instancePath)).toEqual([
    "/timeZone",
    "/hours/office/holidays/0",
    "/hours/office/holidays/2",
    "/hours/office/holidays/3",
    "/hours/office/monday/1",
    "/hours/abroad/timeZone",
  ]);
  expect(checkHours({ timeZone: "Europe/Berlin", hours: { always: { sunday: ["00:00-24:00"] } } })).toEqual([]);
});
