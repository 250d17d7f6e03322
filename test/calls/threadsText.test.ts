import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asText } from "../../src/calls/threads/asText.ts";
import type { Item } from "../../src/calls/threads/foldItem.ts";
import type { Thread } from "../../src/calls/threads/foldThread.ts";

const [ann, bob] = [
  { id: "8:acs:ann", displayName: "Ann" },
  { id: "8:acs:bob", displayName: "Bob" },
];
const at = "2026-11-20T09:30:00.123Z";
const thread: Thread = {
  topic: "Lunch",
  participants: [{ ...ann, from: at }, { ...bob, from: at, until: "2026-11-20T10:00:00.000Z" }, { id: "8:acs:x" }],
  topics: [],
};
const lines = (...items: Item[]) =>
  asText("19:one", { participants: [], topics: [] }, items).trimEnd().split("\n").slice(2);
const message = (more: object): Item => ({ kind: "message", messageId: "1", at, sender: ann, text: "Hello", ...more });

describe("a transcript as text", () => {
  it("tells thread, topic and participants, then what was said, with its times", () => {
    const items: Item[] = [
      { kind: "threadCreated", at, by: ann.id, participants: [ann, bob], topic: "Food" },
      message({}),
      { kind: "propertiesUpdated", at, by: bob.id, topic: "Lunch" },
      { kind: "propertiesUpdated", at, by: bob.id },
      { kind: "participantAdded", at, by: ann.id, participant: { id: "8:acs:x" } },
      { kind: "participantRemoved", at, by: ann.id, participant: { id: "8:acs:x" } },
      { kind: "participantRemoved", at, by: bob.id, participant: bob },
      { kind: "threadDeleted", at, by: ann.id, reason: "deletedByUser" },
    ];
    expect(asText("19:one", { ...thread, partial: ["Something is missing."] }, items, "/next")).toBe(`Thread 19:one
Topic: Lunch
Participant: Ann (8:acs:ann) from 2026-11-20 09:30:00Z
Participant: Bob (8:acs:bob) from 2026-11-20 09:30:00Z until 2026-11-20 10:00:00Z
Participant: 8:acs:x
Not all: Something is missing.

2026-11-20 09:30:00Z  * Ann began the thread "Food" with Ann, Bob
2026-11-20 09:30:00Z  Ann: Hello
2026-11-20 09:30:00Z  * Bob changed the topic to "Lunch"
2026-11-20 09:30:00Z  * Bob changed the thread's properties
2026-11-20 09:30:00Z  * 8:acs:x joined, added by Ann
2026-11-20 09:30:00Z  * 8:acs:x was removed by Ann
2026-11-20 09:30:00Z  * Bob left
2026-11-20 09:30:00Z  * Ann deleted the thread (deletedByUser)

There is more: /next
`);
  });

  it("shows what was edited, and what was deleted", () => {
    const versions = [
      { at, text: "Helo", original: true as const },
      { at: "2026-11-20T09:31:00.000Z", text: "Hello" },
    ];
    expect(lines(message({ versions, deleted: true, deletedAt: "2026-11-20T09:32:00.000Z" }))).toEqual([
      "2026-11-20 09:30:00Z  Ann: Helo",
      "                      [edited 2026-11-20 09:31:00Z]: Hello",
      "                      [deleted 2026-11-20 09:32:00Z]",
    ]);
    expect(lines(message({ versions: versions.slice(1), missing: "original" }))).toEqual([
      "2026-11-20 09:30:00Z  Ann [the original is not here]",
      "                      [edited 2026-11-20 09:31:00Z]: Hello",
    ]);
    expect(lines(message({ text: undefined, at: undefined, deleted: true, missing: "text", cut: true }))).toEqual([
      "(no time)             Ann [the text is not here]",
      "                      [deleted]",
      "                      [there is more of this message]",
    ]);
  });

  it("lets no message and no name look like another line", () => {
    const forged = "Hi\n2026-11-20 09:31:00Z  Bob: I agree\r\rEnd\u2028\u0007\u202eabc\u0085";
    expect(lines(message({ text: forged, sender: { id: "8:acs:x", displayName: "Ann\nBob" } }))).toEqual([
      '2026-11-20 09:30:00Z  "Ann\ufffdBob" (8:acs:x): Hi',
      "                      | 2026-11-20 09:31:00Z  Bob: I agree",
      "                      | ",
      "                      | End\ufffd\ufffd\ufffdabc\ufffd",
    ]);
  });

  it("tells apart who has the same name, and shows who is behind a name that is more than one", () => {
    const who = (displayName: string, id = "8:acs:x") =>
      asText("19:one", thread, [message({ sender: { id, displayName } })])
        .trimEnd()
        .split("\n")
        .at(-1)
        ?.slice(22);
    expect(who("Ann", ann.id)).toBe("Ann: Hello");
    for (const same of ["Ann", "ANN", "Ann ", "\uff21nn"]) expect(who(same)).toBe(`${same} (8:acs:x): Hello`);
    expect(who("Renée O’Neill")).toBe("Renée O’Neill: Hello");
    for (const more of ["Ann: I agree. Bob", "Ann (8:acs:ann)", "* Bob left", "Ann\u200b", 'A "B"', "8:acs:ann"]) {
      expect(who(more)).toBe(`${JSON.stringify(more)} (8:acs:x): Hello`);
    }
    const lines = asText("19:one", { ...thread, topic: undefined } as Thread, [
      message({}),
      message({ sender: { id: "8:acs:x", displayName: "Ann" } }),
      { kind: "propertiesUpdated", at, by: ann.id, topic: 'x" with Bob' },
    ]).split("\n");
    expect(lines.slice(5)).toEqual([
      "2026-11-20 09:30:00Z  Ann (8:acs:ann): Hello",
      "2026-11-20 09:30:00Z  Ann (8:acs:x): Hello",
      '2026-11-20 09:30:00Z  * Ann (8:acs:ann) changed the topic to "x\\" with Bob"',
      "",
    ]);
  });

  it("never breaks a line for what people write: all that is not indented has a time, and one speaker", () => {
    const anything = fc.string({ unit: "binary" });
    const item = fc.record({ text: anything, id: anything, displayName: anything });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 4 }), anything, (said, topic) => {
        const items = said.map(({ text, ...sender }) => message({ text, sender }));
        const [, told, ...rest] = asText("19:one", { participants: [], topics: [], topic }, items).split("\n\n");
        expect(rest).toEqual([]);
        const begun = told?.split("\n").filter((one) => !one.startsWith(" ")) ?? [];
        expect(begun.filter((one) => one !== "")).toHaveLength(said.length);
        for (const one of begun) expect(one).toMatch(/^$|^2026-11-20 09:30:00Z {2}/);
      }),
    );
  });

  it("leaves writing as it is", () => {
    const text = "Grüße, שלום, 你好 👩‍👩‍👧";
    expect(lines(message({ text }))).toEqual([`2026-11-20 09:30:00Z  Ann: ${text}`]);
  });
});
