import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answeredElsewhere } from "../../src/sms/optOut/answeredElsewhere.ts";
import { optOutWord } from "../../src/sms/optOut/optOutWords.ts";

describe("a text is a word of opting out", () => {
  it.for([
    ...[
      "STOP",
      "stop",
      " Stop. ",
      " STOP!! ",
      "ＳＴＯＰ",
      "stop all",
      "STOPALL",
      "Opt-out",
      "OPT OUT",
      "optout",
      "Quit",
      "End.",
    ],
    ...[
      "cancel",
      "UNSUBSCRIBE",
      "unsub",
      "Revoke",
      "remove",
      "Arrêt",
      "ARRET",
      "arre\u0302t!",
      "Alto",
      "¡ALTO!",
      "detener",
    ],
    ...[
      "parar",
      "cancelar",
      "Stopp",
      "“STOP”",
      "STOP 🛑",
      "S T O P",
      "stop\r\n",
      "\u200bST\u200dOP\ufeff",
      "\ud800stop\udc00",
    ],
  ])("that ends messages: %j", (message) => {
    expect(optOutWord(message)).toBe("stop");
  });

  it.for(["START", "start", "Unstop", "ＳＴＡＲＴ!", "subscribe"])("that resumes them: %j", (message) => {
    expect(optOutWord(message)).toBe("start");
  });

  it.for(["HELP", "help?", "Info", "AIDE", "aide!", "Ayuda"])("that asks: %j", (message) => {
    expect(optOutWord(message)).toBe("help");
  });
});

describe("a text is none", () => {
  it.for([
    ...[
      "",
      " ",
      "!!",
      "no",
      "No.",
      "yes",
      "y",
      "1",
      "ok",
      "STOP 5",
      "stop please",
      "do not stop",
      "Stop by at 5?",
      "bus stop",
    ],
    ...[
      "the end",
      "endless",
      "start at nine",
      "help me",
      "TD",
      "volver",
      "salir",
      "inicio",
      "auxilio",
      "no mas",
      "СТОП?",
    ],
    ...["constructor", "__proto__", "toString", "STOP MARKETING"],
  ])("%j", (message) => {
    expect(optOutWord(message)).toBeUndefined();
  });

  it("however long and hostile, at once", () => {
    const hostile = ["\u200d", "\ud800", "\ufdfa", "!", "e\u0301", "STOP "].flatMap((part) => [
      part.repeat(1_000_000),
      part.repeat(64),
    ]);
    const started = performance.now();
    for (const message of hostile) expect(optOutWord(message)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(100);
  });
});

it("sees no difference in letter case, punctuation and space around", () => {
  const around = fc.string({
    unit: fc.constantFrom(" ", ".", "!", "?", "\n", "\u200b", "…", "\u{1f6d1}", "\ud83d"),
    maxLength: 20,
  });
  fc.assert(
    fc.property(
      fc.constantFrom("stop", "Cancel", "ARRÊT", "start", "Aide"),
      fc.boolean(),
      around,
      around,
      (word, upper, before, after) => {
        const written = before + (upper ? word.toUpperCase() : word.toLowerCase()) + after;
        return optOutWord(written) === optOutWord(word) && optOutWord(word) !== undefined;
      },
    ),
  );
});

it("bears any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (message) => {
      expect([undefined, "stop", "start", "help"]).toContain(optOutWord(message));
    }),
  );
});

it("is answered by the carrier, by ACS or by us, as the kind of number has it", () => {
  const words = ["stop", "start", "help"] as const;
  const elsewhere = (kind: Parameters<typeof answeredElsewhere>[0], shortCode: "acs" | "app") =>
    words.filter((word) => answeredElsewhere(kind, word, shortCode));
  for (const shortCode of ["acs", "app"] as const) {
    expect(elsewhere("tollFree", shortCode)).toEqual(["stop", "start"]);
    expect(elsewhere("longCode", shortCode)).toEqual([]);
  }
  expect(elsewhere("shortCode", "acs")).toEqual(words);
  expect(elsewhere("shortCode", "app")).toEqual([]);
});
