import fc from "fast-check";
import { expect, it } from "vitest";
import { countSegments } from "../../src/sms/deciding/segments.ts";

it.each([
  ["", "GSM-7", 0, 1],
  ["a".repeat(160), "GSM-7", 160, 1],
  ["a".repeat(161), "GSM-7", 161, 2],
  ["a".repeat(306), "GSM-7", 306, 2],
  ["a".repeat(307), "GSM-7", 307, 3],
  ["€[]{}|~^\\", "GSM-7", 18, 1],
  ["€".repeat(80), "GSM-7", 160, 1],
  ["€".repeat(81), "GSM-7", 162, 2],
  // An extension character is not split: 152 septets and the one of two make 154.
  [`${"a".repeat(152)}€${"a".repeat(152)}`, "GSM-7", 306, 3],
  ["äöüñ@£Δ\r\n", "GSM-7", 9, 1],
  ["я".repeat(70), "UCS-2", 70, 1],
  ["я".repeat(71), "UCS-2", 71, 2],
  ["я".repeat(134), "UCS-2", 134, 2],
  ["я".repeat(135), "UCS-2", 135, 3],
  ["👍", "UCS-2", 2, 1],
  ["👍".repeat(35), "UCS-2", 70, 1],
  // 33 pairs fit into the 67 units of a part, and none is split.
  ["👍".repeat(67), "UCS-2", 134, 3],
  ["€ and я", "UCS-2", 7, 1],
] as const)("counts %j", (text, encoding, units, segments) => {
  expect(countSegments(text)).toEqual({ encoding, units, segments, characters: text.length });
});

it("never counts fewer segments than the units fill, nor characters that are not there", () => {
  const grapheme = fc.constantFrom("a", "€", "я", "👍", "👨‍👩‍👧", "e\u0301", "\n", "\ud83d");
  fc.assert(
    fc.property(fc.string({ unit: grapheme, maxLength: 400 }), (text) => {
      const { encoding, units, segments, characters } = countSegments(text);
      const [single, part] = encoding === "GSM-7" ? [160, 153] : [70, 67];
      expect(segments).toBeGreaterThanOrEqual(units <= single ? 1 : Math.ceil(units / part));
      expect(characters).toBe(text.length);
      if (encoding === "UCS-2") expect(units).toBe(text.length);
    }),
  );
});
