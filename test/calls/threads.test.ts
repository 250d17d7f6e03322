// Transcripts without storage; on the built app: test/app/threads.test.ts.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { inRepository } from "../support/repository.ts";
import { copyOf, type Happening, identifier, iso, listed } from "./chatCopies.ts";
import { plays, tell } from "./chatStory.ts";
import { transcript } from "./transcript.ts";

/** A permutation of the values. */
const shuffled = <T>(values: T[]) => fc.shuffledSubarray(values, { minLength: values.length });

describe("the transcript of a thread", () => {
  it("is what happened, in whatever shapes, order and number the copies of each event come", () => {
    fc.assert(
      fc.property(
        plays.chain((play) => {
          const { told, ...expected } = tell(play);
          const events = told.flatMap(({ happening, copies }) =>
            copies.map(({ shape, copy }) => copyOf(happening, shape, copy)),
          );
          return fc.record({ expected: fc.constant(expected), events: shuffled([...events, ...events.slice(0, 9)]) });
        }),
        ({ expected, events }) => {
          expect(transcript(events)).toEqual(expected);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("is the same for all orders of what is here when some of it never came", () => {
    fc.assert(
      fc.property(
        plays.chain((play) => {
          const events = tell(play).told.flatMap(({ happening, copies }) =>
            copies.map(({ shape, copy }) => copyOf(happening, shape, copy)),
          );
          return fc.subarray(events).chain((some) => fc.tuple(fc.constant(some), shuffled([...some, ...some])));
        }),
        ([some, again]) => {
          expect(transcript(again)).toEqual(transcript(some));
        },
      ),
      { numRuns: 400 },
    );
  });
});

const ann = "8:acs:resource_ann";
const at = Date.UTC(2026, 10, 20, 9, 30);
const head = {
  messageId: String(at),
  senderCommunicationIdentifier: identifier(ann),
  senderDisplayName: "Ann",
  composeTime: iso(at),
  type: "Text",
};
const happening = (what: Happening["what"], data: object, seconds = 0): Happening => {
  const now = at + seconds * 1000;
  return { what, threadId: "19:one@thread.v2", at: now, data: { version: now, ...data } };
};
const received = happening("received", { ...head, messageBody: "Helo" });
const edited = happening("edited", { ...head, messageBody: "Hello", editTime: iso(at + 60_000) }, 60);
const deleted = happening("deleted", { ...head, deleteTime: iso(at + 120_000) }, 120);
const only = (...events: unknown[]) => transcript(events).items;

describe("a message", () => {
  it("shows all that it read, and that it was deleted", () => {
    expect(only(...[deleted, edited, received].map((one) => copyOf(one, "now", 1)))).toEqual([
      {
        kind: "message",
        at: iso(at),
        messageId: String(at),
        sender: { id: ann, displayName: "Ann" },
        type: "Text",
        text: "Hello",
        versions: [
          { at: iso(at), text: "Helo", original: true },
          { at: iso(at + 60_000), text: "Hello" },
        ],
        deleted: true,
        deletedAt: iso(at + 120_000),
      },
    ]);
  });

  it("stands at the time it was written, and says what is missing, when only its edit or deletion came", () => {
    expect(only(copyOf(edited, "thread", 1))).toMatchObject([
      { at: iso(at), text: "Hello", versions: [{ at: iso(at + 60_000), text: "Hello" }], missing: "original" },
    ]);
    expect(only(copyOf(deleted, "2020", 1))).toEqual([
      expect.objectContaining({ at: iso(at), deletedAt: iso(at + 120_000), missing: "text" }),
    ]);
  });

  it("keeps both texts when two copies of it differ", () => {
    const other = { ...received, data: { ...received.data, messageBody: "Forged" } };
    const [message] = only(copyOf(received, "now", 1), copyOf(other, "now", 2));
    expect(message).toMatchObject({ versions: [{ text: "Forged" }, { text: "Helo" }] });
  });

  it("takes from one copy what another does not say", () => {
    const { senderDisplayName: _, messageBody: __, ...less } = received.data;
    const [message] = only(copyOf({ ...received, data: less }, "2020", 1), copyOf(received, "thread", 2));
    expect(message).toMatchObject({ sender: { displayName: "Ann" }, text: "Helo" });
    expect(message).not.toHaveProperty("versions");
  });

  it("is one with the command to a bot that it was", () => {
    const command = eventGridEvent("ChatAzureBotCommandReceivedInThread", {
      ...received.data,
      threadId: "19:one@thread.v2",
    });
    expect(only(command, copyOf(received, "thread", 1))).toMatchObject([{ botCommand: true, text: "Helo" }]);
  });

  it("goes without times when no event has any", () => {
    const { composeTime: _, ...undated } = head;
    const data = { ...undated, messageId: "one", messageBody: "Hello", threadId: "19:one@thread.v2" };
    const event = eventGridEvent("ChatMessageReceived", data, { eventTime: undefined });
    expect(only(event)).toEqual([expect.not.objectContaining({ at: expect.anything() })]);
  });

  it("stands where one copy says, whatever copies come without any time, and their edits come last", () => {
    const timeless = (name: string, text: string) => {
      const { composeTime: _, type, ...head2 } = head;
      const data = { ...head2, type, messageId: "one", messageBody: text, threadId: "19:one@thread.v2" };
      return eventGridEvent(name, data, { eventTime: undefined, id: `${name}-${text}` });
    };
    const dated = copyOf({ ...received, data: { ...received.data, messageId: "one" } }, "now", 1);
    const events = [timeless("ChatMessageReceived", "Helo"), timeless("ChatMessageEdited", "Hello"), dated];
    fc.assert(
      fc.property(shuffled(events), (some) => {
        expect(only(...some)).toMatchObject([{ at: iso(at), text: "Hello" }]);
      }),
    );
  });

  it("has metadata of plain values, however deep somebody nested them", () => {
    const deep = JSON.parse(`${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`);
    const data = { ...received.data, metadata: { plain: "value", deep } };
    const [message] = only(copyOf({ ...received, data }, "now", 1));
    expect(message?.metadata).toEqual({ plain: "value", deep: expect.stringMatching(/^\{"a":\{"a":/) });
  });
});

describe("participants", () => {
  const [bob, by] = [listed("8:acs:resource_bob", "Bob"), identifier(ann)];
  const added = (seconds: number) =>
    happening("added", { participantAdded: bob, time: iso(at), addedByCommunicationIdentifier: by }, seconds);
  const removed = (seconds: number) =>
    happening("removed", { participantRemoved: bob, time: iso(at), removedByCommunicationIdentifier: by }, seconds);
  const staysOf = (...happenings: Happening[]) =>
    transcript(happenings.map((one) => copyOf(one, "now", 1))).thread.participants;

  it("have a stay for each time that they were in the thread", () => {
    expect(staysOf(added(1), removed(2), added(3))).toMatchObject([
      { displayName: "Bob", from: iso(at + 1000), addedBy: ann, until: iso(at + 2000), removedBy: ann },
      { displayName: "Bob", from: iso(at + 3000), addedBy: ann },
    ]);
  });

  it("were there before what is known, when they leave and nobody saw them come", () => {
    expect(staysOf(removed(2))).toEqual([
      { id: "8:acs:resource_bob", displayName: "Bob", until: iso(at + 2000), removedBy: ann },
    ]);
    expect(transcript([copyOf(removed(2), "2020", 1)]).thread.partial).toEqual([expect.stringContaining("creation")]);
  });
});

it("shows no indicator of typing", () => {
  expect(only(eventGridEvent("ChatTypingIndicatorReceivedInThread"))).toEqual([]);
});

// Microsoft's samples are no part of the repository; where they lie beside it, each is tried.
const folder = inRepository("../shared/events/samples");
const samples = existsSync(folder) ? readdirSync(folder) : [];
for (const name of samples.filter((one) => one.startsWith("Chat") && !one.includes("Typing"))) {
  it(`places the official sample ${name} at the time that it says`, () => {
    const [event] = [JSON.parse(readFileSync(join(folder, name), "utf8"))].flat();
    const { createTime, composeTime, deleteTime, editTime, time } = event.data;
    const own = event.data.messageId ? composeTime : (deleteTime ?? editTime ?? time ?? createTime);
    const [item, ...others] = only(event);
    expect(others).toEqual([]);
    // A change is shown at the time of its version, up to 40 ms before the time beside it.
    expect(Math.abs(Date.parse(item?.at ?? "") - Date.parse(own))).toBeLessThan(50);
  });
}
