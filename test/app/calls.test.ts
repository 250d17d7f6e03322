import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callLegId, correlationId, serverCallId, story } from "../calls/callStory.ts";
import { alice, bob, user } from "../fixtures/events/fixture.ts";
import { answerOf, callIdOf } from "../support/callRecording.ts";
import { callEvent as event, listCalls, person, showCall, startedCall as started } from "../support/calls.ts";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const show = (id: string) => showCall(app, id);
const list = (query: Record<string, string>) => listCalls(app, query);

describe("a call", () => {
  beforeAll(async () => {
    // The worst order, each twice.
    await app.publish(story.toReversed());
    await app.publish([...story]);
  });

  it("is one record, whatever the order and number of its events, under each of its ids", async () => {
    const shown = await show(serverCallId);
    expect(shown).toMatchObject({
      serverCallId,
      correlationId,
      ids: {
        serverCallId: [serverCallId],
        correlationId: [correlationId],
        callLegId: [callLegId],
        callConnectionId: [],
      },
      state: "ended",
      startedBy: { rawId: alice },
      duration: { reportedInSeconds: 29.25, computedInSeconds: 29 },
      partial: [],
    });
    expect(shown.participants).toHaveLength(3);
    expect(shown.events).toHaveLength(story.length);
    for (const { event: blob, type } of shown.events) {
      expect(await app.store.read("events", blob)).toMatchObject({ data: expect.anything() });
      expect(blob).toContain(`/${type}/`);
    }
    for (const id of [correlationId, correlationId.toUpperCase(), callLegId]) expect(await show(id)).toEqual(shown);
  });

  it("gives away nothing that it could be answered with", async () => {
    const answer = await app.get(`/api/calls/${serverCallId}`);
    expect(await answer.text()).not.toMatch(/incomingCallContext|eyJzZWNyZXQ/i);
    expect(JSON.stringify(await list({ from: "2026-11-20", to: "2026-11-21" }))).not.toMatch(
      /incomingCallContext|eyJzZWNyZXQ/i,
    );
  });

  it("is listed once, at its earliest event", async () => {
    const { value } = await list({ from: "2026-11-20T08:59:00Z", to: "2026-11-20T09:01:00Z" });
    expect(value).toEqual([
      {
        serverCallId,
        correlationId,
        state: "ended",
        firstSeen: "2026-11-20T09:00:00.000Z",
        startedAt: "2026-11-20T09:00:02.0000000Z",
        startedBy: { rawId: alice, kind: "communicationUser" },
        endedAt: "2026-11-20T09:00:31.0000000Z",
        durationInSeconds: 29.25,
        from: { rawId: alice, kind: "communicationUser" },
        to: { rawId: bob, kind: "communicationUser" },
        participants: 3,
        recordings: 1,
        link: `/api/calls/${serverCallId}`,
      },
    ]);
  });

  it("still shows what the timeline tells when an event's blob is gone", async () => {
    const id = "gone-call";
    await app.publish([started(id, "2020-01-02T09:00:00Z")]);
    const [row] = await app.store.timeline(`call:${id}`);
    await app.store.remove("events", String(row?.blob));
    const shown = await show(id);
    expect(shown).toMatchObject({ state: "unknown", startedBy: { rawId: person(1) } });
    expect(shown.partial.map(({ reason }) => reason)).toEqual(["noCallEnded", "eventsUnreadable"]);
  });
});

describe("a call under several ids", () => {
  it("is one record with its recording, seen only through IncomingCall and a recording event", async () => {
    const [rang, recorded, callId] = [callIdOf("rang"), callIdOf("recorded"), "2a000000-0000-4000-8000-000000000001"];
    const from = { rawId: "4:+14255550123", phoneNumber: { value: "+14255550123" } };
    const { chunk } = await addChunk(app, 0, { documentId: "calls-0" });
    const ring = { from, to: user(bob), serverCallId: rang, correlationId: callId, incomingCallContext: "secret-1" };
    await app.publish([
      event("IncomingCall", "2026-11-10T09:00:00Z", ring),
      {
        ...recordingEvent("calls-recording", [chunk], {
          callId,
          serverCallId: recorded,
          sessionEndReason: "CallEnded",
        }),
        eventTime: "2026-11-10T09:05:00Z",
      },
    ]);
    const shown = await show(rang);
    expect(shown).toMatchObject({
      serverCallId: rang,
      state: "ended",
      ids: { serverCallId: [recorded, rang].sort(), correlationId: [callId] },
      incoming: [{ from: { rawId: "4:+14255550123", kind: "phoneNumber" } }],
      recordings: [
        {
          recordingId: "calls-recording",
          state: "complete",
          durationMs: 60_000,
          link: "/api/recordings/calls-recording",
        },
      ],
    });
    expect(shown.partial.map(({ reason }) => reason)).toEqual(["noCallEvents"]);
    expect(await show(recorded)).toEqual(shown);
    const { value } = await list({ from: "2026-11-10", to: "2026-11-11" });
    expect(value.map((item) => [item.serverCallId, item.recordings])).toEqual([[rang, 1]]);
  });

  it("is one record, whichever of its ids each source uses", async () => {
    const [id, rang, correlationId] = [
      callIdOf("any-id"),
      callIdOf("any-rang"),
      "29000000-0000-4000-8000-000000000001",
    ];
    const [callConnectionId, leg] = ["29000000-0000-4000-8000-000000000002", "29000000-0000-4000-8000-000000000003"];
    const at = (second: number) => `2026-11-09T09:00:${second}Z`;
    const ring = { from: user(alice), to: user(bob), incomingCallContext: "secret-any" };
    const sources = [
      event("IncomingCall", at(10), { ...ring, serverCallId: rang, correlationId }),
      event("CallConnected", at(11), { callConnectionId, correlationId: correlationId.toUpperCase() }),
      event("PlayCompleted", at(12), { callConnectionId }),
      started(id, at(13), alice, { correlationId }),
      event("CallLegStateChanged", at(14), { ConversationId: id, CallLegId: leg, CallState: "Established" }),
      event("ToneReceived", at(15), { CallLegId: leg }),
      { ...recordingEvent("any-id", [], { callId: correlationId }), eventTime: at(16) },
    ];
    await app.publish(sources.toReversed());
    const shown = await show(id);
    expect(shown.events.map(({ type }) => type)).toEqual(sources.map(({ eventType }) => String(eventType).slice(24)));
    expect(shown.recordings).toMatchObject([{ recordingId: "any-id" }]);
    for (const other of [rang, correlationId, callConnectionId, leg]) expect(await show(other)).toEqual(shown);
    expect((await list({ from: at(10), to: at(20) })).value).toMatchObject([{ serverCallId: rang, recordings: 1 }]);
  });

  it.each([
    ["callId and recordingId", (call: string, _: string) => `/recording/call/${call}/recordingId/`],
    [
      "callId, serverCallId and recordingId",
      (call: string, id: string) => `/recording/call/${call}/serverCallId/${id}/recordingId/`,
    ],
    ["callId", (call: string, _: string) => `/recording/call/${call}`],
    ["callId and serverCallId", (call: string, id: string) => `/recording/call/${call}/serverCallId/${id}`],
  ])("has the recording of which the subject names %s", async (form, subjectOf) => {
    const n = form.length;
    const [id, callId] = [callIdOf(`subject-${n}`), `2b000000-0000-4000-8000-0000000000${String(n).padStart(2, "0")}`];
    const subject = subjectOf(callId, id);
    const about = { recordingStorageInfo: { recordingChunks: [] }, recordingStartTime: "2026-11-11T09:00:01Z" };
    await app.publish([
      event("RecordingFileStatusUpdated", "2026-11-11T09:10:00Z", about, {
        id: `form-${n}`,
        subject: subject.replace(/recordingId\/$/, `$&form-${n}`),
      }),
      started(id, "2026-11-11T09:00:00Z", person(1), { correlationId: callId.toUpperCase() }),
    ]);
    expect((await show(id)).recordings).toHaveLength(1);
  });

  it("has the recording that was started here, though its event names another id only", async () => {
    const id = callIdOf("started-here");
    const callId = "2c000000-0000-4000-8000-000000000001";
    const start = await answerOf(app.call("POST", "/api/recordings", { serverCallId: id }));
    expect(start.status).toBe(201);
    const recordingId = String(start.body.recordingId);
    await app.call("POST", `/api/recordings/${recordingId}/pause`);
    const [running] = (await show(id)).recordings;
    expect(running).toMatchObject({ recordingId, state: "paused", pauses: [{ startTime: expect.any(String) }] });
    await app.publish([
      {
        ...recordingEvent(recordingId, [], { callId }),
        subject: `/recording/call/${callId}/recordingId/${recordingId}`,
      },
    ]);
    const shown = await show(id);
    expect(shown.ids.serverCallId).toEqual([id]);
    expect(shown.ids.correlationId).toContain(callId);
    expect(shown.recordings.map((recording) => recording.recordingId)).toEqual([recordingId]);
    expect(await show(callId)).toEqual(shown);
  });

  it("is shown as not linked when a recording names it by a callId that nothing else has", async () => {
    const callId = "2d000000-0000-4000-8000-000000000001";
    const lonely = {
      ...recordingEvent("lonely", [], { callId, sessionEndReason: "CallEnded" }),
      eventTime: "2026-11-12T09:00:00Z",
    };
    await app.publish([{ ...lonely, subject: `/recording/call/${callId}/recordingId/lonely` }]);
    const shown = await show(callId);
    expect(shown.serverCallId).toBeUndefined();
    expect(shown.recordings).toHaveLength(1);
    expect(shown.partial.map(({ reason }) => reason)).toEqual(["noCallEvents", "recordingNotLinked"]);
    const { value } = await list({ from: "2026-11-12", to: "2026-11-13" });
    expect(value).toMatchObject([{ correlationId: callId, recordings: 1, link: `/api/calls/${callId}` }]);
  });

  it("is cut, and says so, when a forged id is that of everybody", async () => {
    const shared = { correlationId: "2f000000-0000-4000-8000-000000000001" };
    const forged = Array.from({ length: 120 }, (_, n) =>
      started(`forged-${n}`, "2020-02-02T09:00:00Z", person(1), shared),
    );
    await app.publish(forged, { batch: 60 });
    const shown = await show("forged-7");
    expect(shown.partial.map(({ reason }) => reason)).toContain("eventsLeftOut");
    expect(shown.ids.serverCallId?.length).toBeLessThan(50);
  });

  it("takes in the callbacks of its recording, which name a connection", async () => {
    const id = callIdOf("connected");
    const connection = "2e000000-0000-4000-8000-000000000001";
    const data = { recordingId: "connected", state: "active", serverCallId: id, callConnectionId: connection };
    await app.publish([event("RecordingStateChanged", "2026-11-13T09:00:00Z", data)]);
    expect(await show(connection)).toMatchObject({
      serverCallId: id,
      ids: { callConnectionId: [connection] },
      state: "unknown",
    });
  });
});

it.each(["no-such-call", "a/b", "%", "' or 1 eq 1", "x".repeat(1500)])(
  "answers 404 for a call that nobody knows: %s",
  async (id) => {
    const { status, body } = await answerOf(app.get(`/api/calls/${encodeURIComponent(id)}`));
    expect([status, body.code, body.target]).toEqual([404, "ACS_EVENTS_UNKNOWN_CALL", "serverCallId"]);
  },
);
