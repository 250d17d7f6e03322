import { describe, expect, it } from "vitest";
import { partyOf } from "../../src/calls/record/partyOf.ts";
import { accept } from "../../src/events/accept.ts";
import { namesIn, namesOfId } from "../../src/events/callName.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";

const callId = "7E6F5E4D-2b1a-4098-8765-43210fedcba9";
const recorded = { recordingStorageInfo: { recordingChunks: [] } };

describe("the names that an event gives its call", () => {
  it.each([
    [`/recording/call/${callId}/recordingId/r`, [`callId:${callId.toLowerCase()}`]],
    [`/recording/call/${callId}`, [`callId:${callId.toLowerCase()}`]],
    [`/recording/call/${callId}/serverCallId/s1`, ["serverCallId:s1", `callId:${callId.toLowerCase()}`]],
    [`/recording/call/${callId}/serverCallId/s1/recordingId/r`, ["serverCallId:s1", `callId:${callId.toLowerCase()}`]],
  ])("are in the subject of a recording: %s", (subject, names) => {
    expect(namesIn(accept(eventGridEvent("RecordingFileStatusUpdated", recorded, { subject })))).toEqual(names);
  });

  it("are every id of a callback", () => {
    const data = {
      recordingId: "r",
      state: "active",
      serverCallId: "s1",
      correlationId: callId,
      callConnectionId: "c1",
    };
    expect(namesIn(accept(eventGridEvent("RecordingStateChanged", data)))).toEqual([
      "serverCallId:s1",
      `callId:${callId.toLowerCase()}`,
      "callConnectionId:c1",
    ]);
  });

  it("are those of a leg of 2021", () => {
    const data = { ConversationId: "s1", CallLegId: "l1", CallState: "Established" };
    expect(namesIn(accept(eventGridEvent("CallLegStateChanged", data)))).toEqual(["serverCallId:s1", "callLegId:l1"]);
  });

  it("are none that says nothing, or that no service would give", () => {
    const names = (data: Record<string, unknown>) => namesIn({ data });
    expect(names({ serverCallId: "", correlationId: "00000000-0000-0000-0000-000000000000", callId: 17 })).toEqual([]);
    expect(names({ serverCallId: "x".repeat(1001) })).toEqual([]);
    expect(names({ serverCallId: "half\ud83d", correlationId: "\udcdeother" })).toEqual([]);
    expect(namesOfId("")).toEqual([]);
  });
});

it.each([
  [{ rawId: "8:acs:1_2" }, "communicationUser"],
  [{ rawId: "4:+14255550123" }, "phoneNumber"],
  [{ phoneNumber: { value: "+14255550123" } }, "phoneNumber"],
  [{ rawId: "8:orgid:1" }, "microsoftTeamsUser"],
  [{ rawId: "8:teamsvisitor:1" }, "microsoftTeamsUser"],
  [{ rawId: "28:orgid:1" }, "microsoftTeamsApp"],
  [{ rawId: "anything" }, "unknown"],
])("tells by a raw id who it is: %j", (identifier, kind) => {
  expect(partyOf(identifier)?.kind).toBe(kind);
});
