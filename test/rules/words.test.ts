import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findKeyword, type Match } from "../../src/rules/findKeyword.ts";
import { foldText } from "../../src/rules/foldText.ts";
import { splitWords } from "../../src/rules/splitWords.ts";

const finds = (text: string, keyword: string, match: Match = "word") =>
  findKeyword(splitWords(text), [keyword], match) !== undefined;

describe("a keyword is found as a whole word", () => {
  it.each([
    ["When do you OPEN?", "open"],
    ["ｏｐｅｎ", "open"],
    ["price-list, please", "Price List"],
    ["the price   list!", "price list"],
    ["À quelle heure ouvrez-vous ?", "a quelle"],
    ["Votre menu du café", "CAFE"],
    ["Qu'est-ce que l’heure", "heure"],
    ["cafe\u0301", "café"],
    ["Straße gesperrt", "STRASSE"],
    ["Schliessen Sie", "schließen"],
    ["Łódź", "lodz"],
    ["ISTANBUL", "istanbul"],
    ["İSTANBUL", "istanbul"],
    ["ışık", "IŞIK"],
    ["isik", "ışık"],
    ["ΟΔΟΣ", "οδός"],
    ["οδος", "ΟΔΌΣ"],
    ["ещё", "еще"],
    ["при́вет", "привет"],
    ["مَرْحَبًا بكم", "مرحبا"],
    ["أسعار", "اسعار"],
    ["مرحبـــا", "مرحبا"],
    ["שָׁלוֹם", "שלום"],
    ["営業時間は何時ですか", "営業時間"],
    ["営業時間は何時ですか", "営業"],
    ["メニューください", "ﾒﾆｭｰ"],
    ["你们几点开门", "几点"],
    ["เปิดกี่โมง", "เปิด"],
    ["ราคาเท่าไหร่ครับ", "ราคา"],
    ["영업시간 알려주세요", "영업시간"],
    ["समय क्या है", "समय"],
    ["thanks 👍🏽!", "👍"],
    ["❤️", "❤"],
    ["👨‍👩‍👧 table", "👨‍👩‍👧"],
    ["🇩🇪 please", "🇩🇪"],
    ["I choose 1️⃣", "1"],
    ["co\u00adope\u200brate", "cooperate"],
  ])("in %j: %j", (text, keyword) => {
    expect(finds(text, keyword)).toBe(true);
  });

  it.each([
    ["reopened", "open"],
    ["hours, opening or not", "opening hours"],
    ["opening the hours", "opening hours"],
    ["мой", "мои"],
    ["가방", "가바"],
    ["영업시간표", "영업시간"],
    ["東京都", "京都"],
    ["かき", "がき"],
    ["कि", "क"],
    ["में", "म"],
    ["👨‍👩‍👧", "👩"],
    ["🇩🇪🇫🇷", "🇪🇫"],
    ["?!", "open"],
    ["", "open"],
  ])("but not in %j: %j", (text, keyword) => {
    expect(finds(text, keyword)).toBe(false);
  });

  it("whatever stands around it", () => {
    const word = fc.string({ unit: fc.constantFrom(..."abcäß이ωЖ9"), minLength: 1, maxLength: 8 });
    const around = fc.string({ unit: fc.constantFrom(..." .,!?-\n¿«»/"), minLength: 1 });
    fc.assert(
      fc.property(word, around, around, fc.string(), (keyword, before, after, noise) => {
        expect(finds(`${noise}${before}${keyword.toUpperCase()}${after}${noise}`, keyword)).toBe(true);
      }),
    );
  });
});

describe("a keyword is found", () => {
  it.each<[Match, string, string, boolean]>([
    ["message", " Yes!! ", "yes", true],
    ["message", "yes please", "yes", false],
    ["message", "営業 時間", "営業時間", false],
    ["message", "👍", "👍", true],
    ["start", "Order12345", "order", true],
    ["start", "영업시간은요?", "영업시간", true],
    ["start", "my order", "order", false],
    ["start", "कि", "क", false],
  ])("by match %s in %j: %j %j", (match, text, keyword, found) => {
    expect(finds(text, keyword, match)).toBe(found);
  });

  it("as its owner wrote it, the first one first", () => {
    expect(findKeyword(splitWords("hours or menu"), ["Menü", "HOURS"], "word")).toBe("Menü");
    expect(findKeyword(splitWords("hours"), ["Menü", "HOURS"], "word")).toBe("HOURS");
    expect(findKeyword(splitWords("!!"), ["?"], "message")).toBeUndefined();
  });
});

describe("folding and splitting", () => {
  const any = fc.string({ unit: "binary" });

  it("fold a folded text to itself", () => {
    fc.assert(
      fc.property(any, (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("take any text, and give words without case that stand where they say", () => {
    const unpaired = fc.array(fc.integer({ min: 0xd700, max: 0xe010 }).map((code) => String.fromCharCode(code)));
    fc.assert(
      fc.property(
        fc.oneof(
          any,
          unpaired.map((units) => units.join("")),
        ),
        (text) => {
          const { text: words, starts, ends } = splitWords(text);
          expect(words).toBe(words.trim());
          for (const at of [...starts, ...ends]) expect(at).toBeLessThanOrEqual(words.length);
          for (const at of starts) expect(words[at]).not.toBe(" ");
        },
      ),
    );
  });

  it.each(["a\u0301", "ก", "\u0301", "👩\u200d", "語", "\ud83d", "\u0627\u0653"])(
    "are quick about a flood of %j",
    (part) => {
      const begun = performance.now();
      splitWords(part.repeat(500_000));
      expect(performance.now() - begun).toBeLessThan(1000);
    },
  );
});
