// How a call stands, by its events and by what the owner's rules decided.
import { describe, expect, it } from "vitest";
import type { CallEvent } from "../../src/calls/record/callEvent.ts";
import type { CallDecision } from "../../src/calls/record/decisionsOn.ts";
import { type FoldedCall, foldCall } from "../../src/calls/record/foldCall.ts";
import type { Around } from "../../src/calls/record/partialOf.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { at, callConnectionId, folding, serverCallId, story } from "./callStory.ts";

const around: Around = {
  serverCallIds: [serverCallId],
  recordings: [],
  decisions: new Map(),
  cut: false,
  unreadable: false,
};
const events = story.map(folding);
const fold = (some: readonly CallEvent[], now = Date.parse(at(0)) + 3_600_000) => foldCall(some, around, now);
const named = (name: string) => events.filter((event) => event.name === name);

/** An event of the story's call. */
const other = (name: string, data: Record<string, unknown>, second = 5) =>
  folding(eventGridEvent(name, { serverCallId, ...data }, { id: `other-${name}-${second}`, eventTime: at(second) }));

describe("the state of a call", () => {
  const ring = named("IncomingCall");
  const now = Date.parse(at(1));
  it.each<[string, CallEvent[], FoldedCall["state"]]>([
    ["it rings", ring, "ringing"],
    ["it rang, and was answered", [...ring, ...named("CallStarted")], "inProgress"],
    ["somebody is in it", named("CallParticipantAdded"), "inProgress"],
    ["it ended", named("CallEnded"), "ended"],
    ["its recording ended because it did", named("RecordingFileStatusUpdated"), "ended"],
    [
      "the one leg of an app terminated",
      [other("CallLegStateChanged", { callLegId: "l", callState: "Terminated" })],
      "ended",
    ],
    [
      "a leg terminated, and somebody is still in it",
      [other("CallLegStateChanged", { callLegId: "l", callState: "Terminated" }), ...named("CallParticipantAdded")],
      "inProgress",
    ],
  ])("when %s", (_, some, state) => {
    expect(fold(some, now).state).toBe(state);
  });

  it("is unknown when it only rang, a minute ago", () => {
    expect(fold(ring, now + 60_000).state).toBe("unknown");
  });

  const connection = (name: string, second: number, data = {}) => other(name, { callConnectionId, ...data }, second);
  const transferred = [connection("CallConnected", 5), connection("CallTransferAccepted", 6)];
  it.each<[string, CallEvent[], FoldedCall["state"]]>([
    ["the app is in it", [connection("PlayStarted", 5)], "inProgress"],
    ["the app left it", [connection("CallConnected", 5), connection("CallDisconnected", 7)], "ended"],
    [
      "the app left those whom it connected to each other",
      [...transferred, connection("CallDisconnected", 7)],
      "inProgress",
    ],
    ["the app could not make it", [connection("CreateCallFailed", 5)], "ended"],
    ["the app could not answer it", [...ring, connection("AnswerFailed", 1)], "ringing"],
    [
      "the app left it, and somebody came back",
      [
        ...[connection("CallConnected", 5), connection("CallDisconnected", 9)],
        other("CallParticipantAdded", { participantId: "d" }, 5),
        other("CallParticipantRemoved", { participantId: "d" }, 6),
        other("CallParticipantAdded", { participantId: "d" }, 7),
      ],
      "inProgress",
    ],
  ])("when %s", (_, some, state) => {
    expect(fold(some, Date.parse(at(10))).state).toBe(state);
  });

  it("is unknown when nothing of it is of a time that can be true", () => {
    for (const time of ["2099-01-01T00:00:00.0000000Z", null]) {
      for (const name of ["IncomingCall", "CallStarted"]) {
        expect(fold(named(name).map((event) => ({ ...event, time }))).state).toBe("unknown");
      }
    }
  });
});

describe("a decision of the owner's rules", () => {
  const [first] = named("IncomingCall");
  const again = first && { ...first, identity: "f".repeat(64), time: at(3) };
  const rings = [first, again].filter((event) => event !== undefined);
  const decided = (some: readonly CallEvent[], ...decisions: (CallDecision | undefined)[]) => {
    const known = new Map<string, CallDecision>();
    for (const [index, decision] of decisions.entries())
      if (decision) known.set(rings[index]?.identity ?? "", decision);
    return (seconds: number) => foldCall(some, { ...around, decisions: known }, Date.parse(at(0)) + seconds * 1000);
  };
  const [one] = rings.map((event) => [event]);
  const [rejected, redirected, ignored] = [
    { state: "rejected", rule: "night" },
    { state: "redirected" },
    { state: "ignored" },
  ] as const;
  const answered = { state: "answered", callConnectionId } as const;

  it("to reject ends a call, with a reason", () => {
    const whole = decided(one ?? [], rejected)(5);
    expect(whole).toMatchObject({ state: "ended", endReason: { phrase: "rejected", rule: "night" } });
    expect(whole.incoming).toMatchObject([{ decision: rejected }]);
    expect(decided(rings, redirected, rejected)(5).state).toBe("ended");
  });

  it("to reject ends no call that rings elsewhere, or that somebody is in", () => {
    expect(decided(rings, rejected, ignored)(5).state).toBe("ringing");
    expect(decided(rings, rejected, redirected)(5).state).toBe("ringing");
    expect(decided(rings, ignored, rejected)(90).state).toBe("unknown");
    const joined = decided([...rings, ...named("CallParticipantAdded")], redirected, rejected)(60);
    expect([joined.state, joined.endReason]).toEqual(["inProgress", undefined]);
  });

  it("to redirect lets it ring elsewhere, of which nothing is told", () => {
    expect([5, 90].map((seconds) => decided(one ?? [], redirected)(seconds).state)).toEqual(["ringing", "unknown"]);
  });

  it("to answer puts it in progress, until the app's connection ends", () => {
    const ends = (name: string) => other(name, { callConnectionId }, 9);
    expect(decided(one ?? [], answered)(90).state).toBe("inProgress");
    expect(decided([...(one ?? []), ends("CallDisconnected")], answered)(90).state).toBe("ended");
    expect(decided([...(one ?? []), ends("AnswerFailed")], answered)(90).state).toBe("unknown");
  });
});
