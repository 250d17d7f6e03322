// The call events of the founding documents, through the built app. They lie beside the repository where it is developed; elsewhere the
// fixtures, which have their shapes, stand in.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { listCalls, showCall } from "../support/calls.ts";
import { inRepository } from "../support/repository.ts";
import { type App, startApp } from "../support/startApp.ts";

const types = ["CallStarted", "CallParticipantAdded", "CallParticipantRemoved", "CallEnded"];
const folder = inRepository("../shared/founding");
const founding = existsSync(folder);
const caller = "8:acs:bc360ba8-d29b-4ef2-b698-769ebef85521_0000000c-1fb9-4878-07fd-0848220077e1";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

it("the call events of the founding documents give one record, with all that they tell, under each of their ids", async () => {
  const events = founding ? eventsInDocuments() : types.map((type) => eventGridEvent(type) as Told);
  expect(events.map(typeOf).sort()).toEqual(types.toSorted());
  await app.publish(events.toReversed());
  await app.publish(events);
  const ids = [...new Set(events.flatMap(({ data }) => [data.serverCallId, data.correlationId]))].map(String);
  const records = await Promise.all(ids.map((id) => showCall(app, id)));
  const [record] = records;
  for (const other of records) expect(other).toEqual(record);
  expect(record).toMatchObject({
    state: "ended",
    startedBy: { kind: "communicationUser" },
    startedAt: expect.any(String),
    endedAt: expect.any(String),
    duration: { reportedInSeconds: expect.any(Number), computedInSeconds: expect.any(Number) },
  });
  expect(record?.events.map(({ type }) => type).sort()).toEqual(types.toSorted());
  if (!founding) return;

  // All that the documents say. They show the join of one stay and the leave of another, each with a participantId of its own, so there
  // are two stays with one end each; nothing else is missing.
  const { events: _, ...told } = record ?? {};
  expect(told).toEqual({
    serverCallId: "{serverCallId}",
    correlationId: "{correlationId}",
    ids: {
      serverCallId: ids.filter((id) => id !== "{correlationId}").sort(),
      correlationId: ["{correlationId}"],
      callConnectionId: [],
      callLegId: [],
    },
    state: "ended",
    startedAt: "2021-09-22T17:02:38.6905856Z",
    startedBy: { rawId: caller, kind: "communicationUser", role: "{role}" },
    startedAs: "room",
    room: "{roomId}",
    endedAt: "2021-09-22T17:03:12.6143005Z",
    duration: { reportedInSeconds: 49.728617199999995, computedInSeconds: 33.924 },
    participants: [
      {
        ...{ participantId: "041e3b8a-1cce-4ebf-b587-131312c39410", rawId: caller, kind: "communicationUser" },
        ...{ displayName: "Sharif Edge", role: "{role}", endpoint: expect.stringMatching("^acs-web-test-client") },
        joinedAt: "2021-09-22T17:02:39.2843314Z",
      },
      {
        ...{ participantId: "750a1442-3156-4914-94d2-62cf73796833", kind: "communicationUser" },
        rawId: "8:acs:bc360ba8-d29b-4ef2-b698-769ebef85521_0000000c-1fb9-27cc-07fd-0848220077d8",
        ...{ displayName: "Sharif Chrome", role: "{role}", endpoint: expect.stringMatching("^acs-web-test-client") },
        leftAt: "2021-09-22T17:28:41.1497652Z",
      },
    ],
    incoming: [],
    recordings: [],
    partial: [
      { reason: "joinMissing", message: expect.any(String) },
      { reason: "leaveMissing", message: expect.any(String) },
    ],
  });
  const { value } = await listCalls(app, { participant: caller });
  expect(value).toMatchObject([{ serverCallId: "{serverCallId}", state: "ended", participants: 2 }]);
});

interface Told extends Record<string, unknown> {
  data: Record<string, unknown>;
}

const typeOf = ({ eventType }: Record<string, unknown>) => String(eventType).replace("Microsoft.Communication.", "");

/** The JSON blocks of documents that hold call events. */
function eventsInDocuments(): Told[] {
  const texts = globSync("*.txt", { cwd: folder }).map((file) => readFileSync(join(folder, file), "utf8"));
  const blocks = texts
    .flatMap((text) => text.match(/^\[\n[\s\S]*?\n *\]$/gm) ?? [])
    .filter((block) => block.includes("Microsoft.Communication.Call"));
  return blocks.flatMap((block) => (JSON.parse(block) as Told[]).filter((event) => types.includes(typeOf(event))));
}
