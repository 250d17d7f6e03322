// A call of which several sources tell, each by ids of its own, through storage.
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { announceCall } from "../../src/calls/record/announceCall.ts";
import { firstSeen } from "../../src/calls/record/firstSeen.ts";
import { readCall } from "../../src/calls/record/readCall.ts";
import { listOf } from "../../src/calls/record/rows.ts";
import { accept } from "../../src/events/accept.ts";
import { namesOfId } from "../../src/events/callName.ts";
import { callRecordings } from "../../src/recordings/serving/callRecordings.ts";
import { archive } from "../../src/storage/archive.ts";
import { index } from "../../src/storage/timeline.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { type ArchiveUnderTest, archiveUnderTest } from "../proof/archiveUnderTest.ts";

let app: ArchiveUnderTest;
beforeAll(async () => {
  app = await archiveUnderTest();
});
afterAll(() => app?.close());

const by = { communicationIdentifier: { rawId: "8:acs:resource_ann" }, role: "Attendee" };
const [started, rang, callId, connection] = ["call-a", "call-b", "8c000000-0000-4000-8000-000000000001", "connection"];

/** CallStarted and its like know the serverCallId, IncomingCall another one, Call Automation a connection; recordings a callId alone. */
const told = [
  [
    "IncomingCall",
    {
      serverCallId: rang,
      correlationId: callId,
      from: { rawId: "4:+14255550123" },
      to: by.communicationIdentifier,
      incomingCallContext: "c",
    },
  ],
  ["CallStarted", { serverCallId: started, correlationId: callId.toUpperCase(), startedBy: by }],
  ["CallParticipantAdded", { serverCallId: started, startedBy: by, user: by, participantId: "1" }],
  ["PlayCompleted", { callConnectionId: connection, correlationId: callId }],
  ["CallDisconnected", { callConnectionId: connection, serverCallId: rang }],
  ["CallEnded", { serverCallId: started, startedBy: by, callDurationInSeconds: 7 }],
] as const;
const events = told.map(([name, data], second) =>
  accept(eventGridEvent(name, data, { id: `joined-${second}`, eventTime: `2026-11-20T09:00:0${second}.000Z` })),
);

it("is one record under each of its ids, and listed once, in whatever order and how often its events come", async () => {
  const orders = fc.shuffledSubarray([...events, ...events.slice(0, 3)], { minLength: events.length + 3 });
  let expected: unknown;
  await fc.assert(
    fc.asyncProperty(orders, async (some) => {
      await app.clear();
      for (const event of some) {
        const written = await archive(event);
        await index(event, written);
        await announceCall(event, written.blob, written.storedAt);
      }
      const now = Date.UTC(2026, 10, 21);
      const ids = [started, rang, callId, connection];
      const records = await Promise.all(ids.map((id) => readCall(id, callRecordings, now)));
      expected ??= records[0];
      expect(records).toEqual(ids.map(() => expected));
      const names = ids.flatMap(namesOfId);
      expect((await firstSeen(listOf(undefined), names))?.at).toBe("2026-11-20T09:00:00.000Z");
    }),
    { numRuns: 4 },
  );
  expect(expected).toMatchObject({ state: "ended", ids: { serverCallId: [started, rang], correlationId: [callId] } });
});
