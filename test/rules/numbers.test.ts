import { describe, expect, it } from "vitest";
import { parseNumber } from "../../src/events/parseNumber.ts";
import { firstMatch } from "../../src/rules/firstMatch.ts";
import { numbersOf } from "../../src/rules/numbersOf.ts";

it.each([
  ["+14255550100", "+14255550100"],
  ["14255550100", "+14255550100"],
  ["+1 (425) 555-0100", "+14255550100"],
  ["+1.425.555.0100", "+14255550100"],
  ["+44 20 7946 0018", "+442079460018"],
  ["22395", "22395"],
  ["223950", "223950"],
  ["+22395", undefined],
  ["+1425555", undefined],
  ["+", undefined],
  ["", undefined],
  ["12", undefined],
  ["CONTOSO", undefined],
  ["+1425555010O", undefined],
])("reads %j as %j", (written, number) => {
  expect(parseNumber(written)).toBe(number);
});

it("takes the numbers of lists by name, and no name of a list for one of another thing", () => {
  const lists = { staff: ["+1 425 555 0150", "22395"] };
  expect([...numbersOf(["staff", "14255550151"], lists)]).toEqual(["+14255550150", "22395", "+14255550151"]);
  expect([...numbersOf(["constructor"], lists)]).toEqual([]);
});

describe("the first rule that fits", () => {
  const rules = [{ name: "no" }, { fits: true }, { name: "late", fits: true }];
  const judge = ({ fits = false }: { fits?: boolean }) => ({ fits, why: fits ? "yes" : "no" });

  it("counts, and the trace tells of all", () => {
    expect(firstMatch(rules, judge)).toEqual({
      first: { rule: rules[1], id: "rules/1", judgement: { fits: true, why: "yes" } },
      trace: [
        { rule: "no", fits: false, why: "no" },
        { rule: "rules/1", fits: true, why: "yes" },
        { rule: "late", fits: true, why: "yes; but rules/1 comes first" },
      ],
    });
  });

  it("may be none", () => {
    expect(firstMatch([], judge)).toEqual({ trace: [] });
  });
});
