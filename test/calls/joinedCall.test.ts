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
/** CallStarted and its like know the serverCallId, IncomingCall another one, Call Automation a connection; all but some know the callId. */
function callOf(run: number) {
  const [started, rang, connection] = [`call-a-${run}`, `call-b-${run}`, `connection-${run}`];
  const callId = `8c000000-0000-4000-8000-00000000000${run}`;
  const from = { rawId: "4:+14255550123" };
  const ring = { serverCallId: rang, correlationId: callId, from, to: by.communicationIdentifier };
  const told: [string, Record<string, unknown>][] = [
    ["IncomingCall", { ...ring, incomingCallContext: `c-${run}` }],
    ["CallStarted", { serverCallId: started, correlationId: callId.toUpperCase(), startedBy: by }],
    ["CallParticipantAdded", { serverCallId: started, startedBy: by, user: by, participantId: "1" }],
    ["PlayCompleted", { callConnectionId: connection, correlationId: callId }],
    ["CallDisconnected", { callConnectionId: connection, serverCallId: rang }],
    ["CallEnded", { serverCallId: started, startedBy: by, callDurationInSeconds: 7 }],
  ];
  const events = told.map(([name, data], second) =>
    accept(eventGridEvent(name, data, { id: `${run}-${second}`, eventTime: `2026-11-20T09:00:0${second}.000Z` })),
  );
  return { ids: { serverCallId: [started, rang], correlationId: [callId], callConnectionId: [connection] }, events };
}

it("is one record under each of its ids, and listed once, in whatever order and how often its events come", async () => {
  const places = [0, 1, 2, 3, 4, 5, 1, 4];
  const orders = fc.shuffledSubarray(places, { minLength: places.length });
  let run = 0;
  let expected: unknown;
  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      const call = callOf(run++ % 10);
      for (const event of order.map((place) => call.events[place]).filter((one) => one !== undefined)) {
        const written = await archive(event);
        await index(event, written);
        await announceCall(event, written.blob, written.storedAt);
      }
      const ids = Object.values(call.ids).flat();
      const records = await Promise.all(ids.map((id) => readCall(id, callRecordings, Date.UTC(2026, 10, 21))));
      expect(records).toEqual(ids.map(() => records[0]));
      expect(records[0]).toMatchObject({ state: "ended", ids: call.ids });
      const { ids: _, serverCallId: __, correlationId: ___, events, ...told } = records[0] ?? { events: [] };
      const shown = { ...told, types: events.map(({ type }) => type) };
      expected ??= shown;
      expect(shown).toEqual(expected);
      const stands = await firstSeen(listOf(undefined), ids.flatMap(namesOfId));
      expect(stands?.at).toBe("2026-11-20T09:00:00.000Z");
    }),
    { numRuns: 3, endOnFailure: true },
  );
});
