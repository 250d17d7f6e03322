import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallEvent } from "../../src/calls/record/callEvent.ts";
import type { CallRecording } from "../../src/calls/record/callRecordings.ts";
import { type FoldedCall, foldCall } from "../../src/calls/record/foldCall.ts";
import type { Around } from "../../src/calls/record/partialOf.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { alice, bob, user } from "../fixtures/events/fixture.ts";
import { at, by, callConnectionId, folding, serverCallId, story } from "./callStory.ts";

const around: Around = {
  serverCallIds: [serverCallId],
  recordings: [],
  decisions: new Map(),
  cut: false,
  unreadable: false,
};
const later = Date.parse(at(0)) + 3_600_000;
const events = story.map(folding);
const fold = (some: readonly CallEvent[], now = later) => foldCall(some, around, now);
const named = (name: string) => events.filter((event) => event.name === name);
const reasons = ({ partial }: FoldedCall) => partial.map(({ reason }) => reason);

/** An event of the story's call. */
const other = (name: string, data: Record<string, unknown>, second = 5) =>
  folding(eventGridEvent(name, { serverCallId, ...data }, { id: `other-${name}-${second}`, eventTime: at(second) }));

describe("the record of a call", () => {
  it("tells all that its events tell", () => {
    const whole = fold(events);
    expect(whole).toMatchObject({
      state: "ended",
      startedAt: at(2),
      startedBy: { rawId: alice, kind: "communicationUser", role: "Attendee" },
      startedAs: "group",
      group: "3c1f0a52-9d7e-4b68-8f21-6a5e4d3c2b10",
      endedAt: at(31),
      endedBy: { rawId: bob, type: "Participant", name: "Bob" },
      endReason: { code: 0, subCode: 0, phrase: "Done" },
      duration: { reportedInSeconds: 29.25, computedInSeconds: 29 },
      incoming: [
        {
          time: at(0),
          from: { rawId: alice },
          to: { rawId: bob },
          callerDisplayName: "Alice",
          voipHeaders: { department: "sales" },
        },
      ],
      partial: [],
    });
    expect(whole.events).toHaveLength(story.length);
  });

  it("has a stay for each device and each return, paired by participantId in any letter case", () => {
    const stays = fold(events).participants.map(({ joinedAt, leftAt, durationInSeconds }) => [
      joinedAt,
      leftAt,
      durationInSeconds,
    ]);
    expect(stays).toEqual([
      [at(3), at(20), 17],
      [at(4), at(10), 6],
      [at(25), at(30), 5],
    ]);
    for (const stay of fold(events).participants) {
      expect(stay).toMatchObject({ rawId: bob, displayName: "Bob", role: "Attendee", endpoint: "Bob/1.0" });
    }
  });

  it("gives each join and each leave to exactly one stay, whoever comes and goes how often, and whatever did not come", () => {
    const second = fc.integer({ min: 0, max: 9 });
    const coming = fc.record({ joins: fc.boolean(), second, device: fc.constantFrom("d-1", "d-2") });
    const told = fc.array(coming, { maxLength: 14 }).chain((some) =>
      fc.record({
        some: fc.constant(some),
        shuffled: fc.shuffledSubarray([...some, ...some], { minLength: some.length }),
      }),
    );
    const eventOf = ({ joins, second: at, device }: { joins: boolean; second: number; device: string }) =>
      other(joins ? "CallParticipantAdded" : "CallParticipantRemoved", { participantId: device, user: by(bob) }, at);
    fc.assert(
      fc.property(told, ({ some, shuffled }) => {
        const { participants } = fold(some.map(eventOf));
        expect(fold([...shuffled, ...some].map(eventOf)).participants).toEqual(participants);
        for (const device of ["d-1", "d-2"]) {
          const stays = participants.filter(({ participantId }) => participantId === device);
          const times = (joins: boolean) =>
            [
              ...new Set(
                some.filter((end) => end.joins === joins && end.device === device).map((end) => at(end.second)),
              ),
            ].sort();
          expect(stays.flatMap(({ joinedAt }) => joinedAt ?? [])).toEqual(times(true));
          expect(stays.flatMap(({ leftAt }) => leftAt ?? [])).toEqual(times(false));
          for (const { joinedAt = "", leftAt = "~", durationInSeconds } of stays) {
            expect(joinedAt <= leftAt).toBe(true);
            expect(durationInSeconds === undefined).toBe(joinedAt === "" || leftAt === "~");
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, [join: number[], leave: number[]], [number?, number?][]]>([
    [
      "comes back under one participantId",
      [
        [1, 5],
        [3, 7],
      ],
      [
        [1, 3],
        [5, 7],
      ],
    ],
    [
      "comes back at once",
      [
        [1, 5],
        [5, 7],
      ],
      [
        [1, 5],
        [5, 7],
      ],
    ],
    ["is there for no time", [[1], [1]], [[1, 1]]],
    ["comes back, and the first leave did not come", [[1, 5], [7]], [[1], [5, 7]]],
    [
      "comes back, and that did not come",
      [[1], [3, 7]],
      [
        [1, 3],
        [undefined, 7],
      ],
    ],
    ["comes back, and is still there", [[1, 5], [3]], [[1, 3], [5]]],
  ])("has the stays of somebody who %s", (_, [joins, leaves], expected) => {
    const end = (name: string) => (second: number) => other(name, { participantId: "d", user: by(bob) }, second);
    const some = [...leaves.map(end("CallParticipantRemoved")), ...joins.map(end("CallParticipantAdded"))];
    const stays = fold(some).participants.map(({ joinedAt, leftAt }) => [joinedAt, leftAt]);
    expect(stays).toEqual(expected.map(([joined, left]) => [joined, left].map((second) => second && at(second))));
  });

  it("says nothing that a call can be answered with", () => {
    expect(JSON.stringify(fold(events))).not.toMatch(/incomingCallContext|eyJ/i);
  });

  it("is the same for any order, any duplicates and any gaps", () => {
    const subset = fc.subarray(events, { minLength: 0 });
    const delivery = subset.chain((some) =>
      fc.tuple(
        fc.constant(some),
        fc.array(fc.nat(Math.max(some.length - 1, 0)), { maxLength: 20 }),
        fc.infiniteStream(fc.nat()),
      ),
    );
    fc.assert(
      fc.property(delivery, ([some, twice, chance]) => {
        const again = twice.flatMap((index) => some[index] ?? []);
        const keyed = [...some, ...again].map((event) => [chance.next().value ?? 0, event] as const);
        const shuffled = keyed.sort(([a], [b]) => a - b).map(([, event]) => event);
        expect(fold(shuffled)).toEqual(fold(some));
      }),
      { numRuns: 2000 },
    );
  });

  it("is the same whichever shapes of an event came", () => {
    const shapes = Map.groupBy(
      events,
      ({ name, time, data }) => `${name} ${time} ${String(data.participantId).toLowerCase()}`,
    );
    const choices = [...shapes.values()].map((same) => fc.subarray(same, { minLength: 1 }));
    const { events: _, ...whole } = fold(events);
    // The shape of 2021 has no correlationId, and nothing else less.
    fc.assert(
      fc.property(fc.tuple(...choices), (chosen) => {
        const { events: __, ...record } = fold(chosen.flat());
        expect(record).toEqual(whole);
      }),
    );
  });
});

describe("a partial record says why", () => {
  it.each<[string, CallEvent[], string[]]>([
    ["of a call by phone", named("IncomingCall"), ["noCallEvents"]],
    ["without its start", [...named("CallEnded")], ["noCallStarted"]],
    ["without its end", [...named("CallStarted"), ...named("RecordingFileStatusUpdated")], ["noCallEnded"]],
    ["with a leave only", [...named("CallStarted"), ...named("CallParticipantRemoved").slice(0, 1)], ["joinMissing"]],
    [
      "with a join only, when it ended",
      [...named("CallStarted"), ...named("CallEnded"), ...named("CallParticipantAdded").slice(0, 1)],
      ["leaveMissing"],
    ],
  ])("%s", (_, some, expected) => {
    expect(reasons(fold(some))).toEqual(expected);
  });

  it("but not while it goes on", () => {
    expect(reasons(fold([...named("CallStarted"), ...named("CallParticipantAdded")]))).toEqual([]);
  });

  it("when somebody takes part of whom ACS tells nothing", () => {
    const phone = { rawId: "4:+14255550123", phoneNumber: { value: "+14255550123" } };
    const rang = other("IncomingCall", { from: phone, to: user(bob), incomingCallContext: "x" });
    expect(reasons(fold([rang, ...named("CallStarted")]))).toEqual(["notAllCovered"]);
  });

  it("when it was cut, when events are gone, and when a recording is not linked", () => {
    const recording: CallRecording = { recordingId: "r", state: "complete", pauses: [], link: "/api/recordings/r" };
    const some = { serverCallIds: [], recordings: [recording], decisions: new Map(), cut: true, unreadable: true };
    expect(reasons(foldCall(events, some, later))).toEqual(["recordingNotLinked", "eventsLeftOut", "eventsUnreadable"]);
  });
});

it("knows whose call it was that CallEnded alone tells of", () => {
  const flat = other("CallEnded", {
    startedBy: { rawId: alice, role: "Organizer" },
    durationOfCall: 3.5,
    callConnectionId,
  });
  expect(fold([flat])).toMatchObject({
    state: "ended",
    startedBy: { rawId: alice, role: "Organizer" },
    duration: { reportedInSeconds: 3.5 },
  });
  expect(fold([flat]).startedAt).toBeUndefined();
});
