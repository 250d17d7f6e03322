import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { say } from "../calls/chatCopies.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { by, callEvent, startedCall } from "../support/calls.ts";
import { download, filesOf, order, type Status, statusOf } from "../support/personExports.ts";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";

let app: App;
beforeAll(async () => {
  app = await startApp({ EXPORT_PART_MB: "1" });
});
afterAll(() => app?.close());

const number = "+14255550191";
const resource = "8:acs:5b0a1f6e-2c1d-4d8e-9a57-0c3f6b7d1e42";
const ann = "8:acs:resource_ann";
const begin = Date.UTC(2026, 10, 20, 9);

const json = (files: Map<string, Buffer> | undefined, path: string) => JSON.parse(String(files?.get(path))) as never;

describe("an export of what is held about a person", () => {
  let media: { sha256: string };
  let status: Status;
  let zips: Map<string, Buffer>[];

  beforeAll(async () => {
    const mine = { metadata: { participants: [{ participantId: ann }] } };
    const others = { metadata: { participants: [{ participantId: `${resource}_bob` }] } };
    const chunk = await addChunk(app, 0, { documentId: "mine", bytes: 1_200_000, ...mine });
    media = chunk;
    const other = await addChunk(app, 0, { documentId: "others", ...others });
    await app.publish([
      textEvent("export-text", { from: number, message: "When do you open?" }),
      startedCall("export-call", "2026-11-20T08:00:00Z", ann),
      callEvent("CallEnded", "2026-11-20T08:30:00Z", { serverCallId: "export-call", startedBy: by(ann) }),
      eventGridEvent(
        "IncomingCall",
        {
          serverCallId: "export-call",
          from: { rawId: ann },
          to: { rawId: ourNumber },
          incomingCallContext: "secret-4",
        },
        { id: "export-ring", eventTime: "2026-11-20T07:59:50Z" },
      ),
      startedCall("other-call", "2026-11-20T08:00:00Z", `${resource}_bob`),
      recordingEvent("export-recording", [chunk.chunk]),
      recordingEvent("other-recording", [other.chunk]),
      ...say("19:export@thread.v2", begin, "Before she left"),
      eventGridEvent(
        "ChatThreadParticipantRemoved",
        {
          threadId: "19:export@thread.v2",
          time: new Date(begin + 60_000).toISOString(),
          participantRemoved: { displayName: "Ann", participantCommunicationIdentifier: { rawId: ann } },
          removedByCommunicationIdentifier: { rawId: ann },
        },
        { id: "left", eventTime: new Date(begin + 60_000).toISOString() },
      ),
      eventGridEvent(
        "ChatMessageReceivedInThread",
        {
          ...{ threadId: "19:export@thread.v2", messageId: String(begin + 120_000), type: "Text" },
          ...{ messageBody: "After she left", composeTime: new Date(begin + 120_000).toISOString() },
          senderCommunicationIdentifier: { rawId: `${resource}_bob` },
        },
        { id: "after", eventTime: new Date(begin + 120_000).toISOString() },
      ),
      eventGridEvent(
        "ChatMessageEditedInThread",
        {
          ...{ threadId: "19:export@thread.v2", messageId: String(begin), type: "Text", messageBody: "Edited since" },
          ...{ composeTime: new Date(begin).toISOString(), editTime: new Date(begin + 130_000).toISOString() },
          senderCommunicationIdentifier: { rawId: `${resource}_bob` },
        },
        { id: "edited", eventTime: new Date(begin + 130_000).toISOString() },
      ),
    ]);
    await app.call("PUT", "/api/people/owner-77/aliases", { aliases: [number, ann, "8:acs:<img>&'\""] });
    const ordered = await order(app, "owner-77");
    await app.idle();
    status = await statusOf(app, ordered);
    zips = await filesOf(app, status);
  });

  it("is built in parts, and says how much each kind there is of", async () => {
    const events = (await app.store.timeline(`person:${ann}`)).filter(({ family, blob }) => blob && family === "chat");
    expect(status).toMatchObject({ status: "done", parts: [{ part: 1 }, { part: 2 }] });
    expect(status.counts).toEqual({
      ...{ "events.call": 2, "events.chat": events.length, "events.incomingCall": 1, "events.sms": 2 },
      ...{ calls: 1, conversations: 1, recordings: 1, threads: 1 },
    });
    expect(Date.parse(status.expiresAt) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
  });

  it("holds events, conversation, call, thread and recording of the person, and an index", async () => {
    const [first, second] = zips;
    expect([...(first?.keys() ?? [])].sort()).toEqual([
      "calls/export-call.json",
      `conversations/${ourNumber}_${number}.json`,
      "events-1.jsonl",
      "index.html",
      "index.json",
      ...["0-mine.metadata.json", "0-mine.mp4", "manifest.json"].map((name) => `recordings/export-recording/${name}`),
    ]);
    const recorded = first?.get("recordings/export-recording/0-mine.mp4") ?? "";
    expect(createHash("sha256").update(recorded).digest("hex")).toBe(media.sha256);
    expect(json(first, "calls/export-call.json")).toMatchObject({ serverCallId: "export-call", state: "ended" });
    const conversation = json(first, `conversations/${ourNumber}_${number}.json`);
    expect(conversation).toMatchObject({ value: [{ direction: "in", message: "When do you open?" }, {}] });
    const lines = String(first?.get("events-1.jsonl")).trimEnd().split("\n");
    for (const line of lines) {
      const { blob, event } = JSON.parse(line) as { blob: string; event: { data: object } };
      const archived = (await app.store.read("events", blob)) as { data: object };
      const { incomingCallContext: secret, ...told } = archived.data as Record<string, unknown>;
      expect(secret).toBe(blob.startsWith("incomingCall/") ? "secret-4" : undefined);
      expect(event).toEqual({ ...archived, data: told });
    }
    expect([...(second?.keys() ?? [])].sort()).toEqual([
      "index.html",
      "index.json",
      `threads/19!3aexport@thread.v2.json`,
    ]);
    expect(json(second, "index.json")).toMatchObject({
      identifier: "owner-77",
      part: 2,
      last: true,
      counts: { threads: 1 },
    });
    expect(json(first, "index.json")).toMatchObject({ part: 1, last: false });
  });

  it("shows a thread as far as the person could see it", () => {
    const thread = String(zips[1]?.get("threads/19!3aexport@thread.v2.json"));
    expect(thread).toContain("Before she left");
    expect(thread).not.toMatch(/After she left|Edited since/);
    expect(JSON.parse(thread)).toMatchObject({ seenUntil: new Date(begin + 60_000).toISOString() });
  });

  it("has a page without scripts, in which names are no markup", () => {
    const page = String(zips[0]?.get("index.html"));
    expect(page).toContain("8:acs:&lt;img&gt;&amp;&#39;&quot;");
    expect(page).not.toMatch(/<img|<script/);
    expect(page).toContain('<a href="calls/export-call.json">');
  });

  it("is served by range, to whoever has the right person and export", async () => {
    const [part] = status.parts;
    const whole = await download(app, { link: `${status.link}/content` });
    const range = await app.get(part?.link ?? "", { headers: { range: "bytes=10-19" } });
    expect([range.status, range.headers.get("content-range")]).toEqual([206, `bytes 10-19/${whole.length}`]);
    expect(Buffer.from(await range.arrayBuffer())).toEqual(whole.subarray(10, 20));
    expect(range.headers.get("content-disposition")).toMatch(/^attachment; filename="export-.*-1\.zip"$/);
    const missing = [
      `${status.link}/content?part=3`,
      status.link.replace("owner-77", "%2B14255550192"),
      `${status.link}0`,
    ];
    for (const path of missing) expect((await app.get(path)).status, path).toBe(404);
    expect((await app.get(`${status.link}/content?part=x`)).status).toBe(400);
    expect((await statusOf(app, { link: status.link.replace("owner-77", encodeURIComponent(number)) })).status).toBe(
      "done",
    );
  });
});

it("refuses an export of somebody of whom nothing is held", async () => {
  const answer = await app.call("POST", "/api/people/+14255550990/exports");
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, "ACS_EVENTS_UNKNOWN_PERSON"]);
});
