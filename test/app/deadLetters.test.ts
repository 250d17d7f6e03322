// What Event Grid gives up is on the list once, and comes in by replay.
import { TableClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEventGrid } from "../../dev/eventGrid/startEventGrid.ts";
import { accept } from "../../src/events/accept.ts";
import { archiveName } from "../../src/storage/archive.ts";
import { startSink } from "../eventGrid/sink.ts";
import { openProblems, replay } from "../support/replay.ts";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const collect = async () => {
  await app.host.runTimer("collectDeadLetters");
  await app.idle();
};
const open = () => openProblems(app, "deadLetter");
const about = async (blob: string) => (await open()).filter(({ cause, advice }) => `${cause} ${advice}`.includes(blob));
const sentTo = (number: string) => app.acs.messages().filter(({ to }) => to === number);

async function putBlob(container: string, name: string, content: unknown): Promise<void> {
  const client = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString).getContainerClient(
    container,
  );
  await client.createIfNotExists();
  const text = typeof content === "string" ? content : JSON.stringify(content);
  await client.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));
}

/** The folder of an hour, so many hours ago. */
function hourOf(subscription: string, hoursAgo = 0): string {
  const time = new Date(Date.now() - hoursAgo * 3_600_000);
  return [subscription, time.getUTCFullYear(), time.getUTCMonth() + 1, time.getUTCDate(), time.getUTCHours()].join("/");
}

const letter = (event: object) => ({
  ...event,
  ...{ deadLetterReason: "MaxDeliveryAttemptsExceeded", deliveryAttempts: 30, lastDeliveryOutcome: "NotFound" },
  ...{ publishTime: "2026-11-20T09:30:00Z", lastDeliveryAttemptTime: "2026-11-21T09:30:00Z" },
});

describe.each(["eventGrid", "cloudEvents"] as const)(
  "a text that Event Grid gave up, in the envelope of %s",
  (schema) => {
    const from = schema === "eventGrid" ? "+14255550181" : "+14255550182";
    const event = textEvent(`lost-${schema}`, { from });

    it("is on the list once, and says why without a word of the text", async () => {
      const sink = await startSink(() => 400);
      const subscription = { name: `lost${schema}Sms`, endpoint: sink.url, schema, deadLetter: true };
      const grid = await startEventGrid({
        port: 0,
        subscriptions: [subscription],
        storageConnectionString: app.addresses.storageConnectionString,
      });
      await grid.publish([event]);
      await grid.idle();
      await Promise.all([grid.close(), sink.close()]);
      await collect();
      await collect();
      const [problem, ...more] = await about(`LOST${schema.toUpperCase()}SMS`);
      expect(more).toEqual([]);
      expect(problem?.advice).toMatch(/1 SMSReceived \(\w+, \w+\)/);
      expect(JSON.stringify(problem)).not.toContain(from);
    });

    it("is told of by a dry run, which writes nothing", async () => {
      const [problem] = await about(`LOST${schema.toUpperCase()}SMS`);
      expect(await replay(app, problem?.id)).toMatchObject({
        ...{ commit: false, state: "open", result: "1 accepted" },
        events: [{ outcome: "accepted", jobs: [{ queue: "sms-replies", says: "the rules decide on an answer" }] }],
      });
      await app.idle();
      expect([await app.store.archived(`lost-${schema}`), sentTo(from)]).toEqual([[], []]);
    });

    it("is archived as it was published and answered once, however often and at once it is replayed, and leaves the list", async () => {
      const [problem] = await about(`LOST${schema.toUpperCase()}SMS`);
      const body = { commit: true, reason: "the app was down" };
      await Promise.all([replay(app, problem?.id, body), replay(app, problem?.id, body)]);
      await app.idle();
      expect(await replay(app, problem?.id, body)).toMatchObject({ state: "resolved", result: "1 done" });
      await app.idle();
      const [archived, ...others] = await app.store.archived(`lost-${schema}`);
      expect(others).toEqual([]);
      expect(archived?.data).toEqual(event.data);
      expect(Object.keys(archived ?? {}).filter((name) => /letter|deliver|publish/i.test(name))).toEqual([]);
      expect(sentTo(from)).toHaveLength(1);
      expect(await about(`LOST${schema.toUpperCase()}SMS`)).toEqual([]);
      const rows = await app.store.ledger(`replay:${problem?.id}`);
      expect(rows).toHaveLength(3);
      expect(rows[0]).toMatchObject({ by: "the tester", reason: "the app was down", result: "1 done" });
    });
  },
);

it("leaves the list by itself when its events came in another way", async () => {
  const event = textEvent("elsewhere", { from: "+14255550183" });
  await putBlob("dead-letters", `${hourOf("ELSEWHERE")}/a.json`, [letter(event)]);
  await collect();
  expect(await about("ELSEWHERE")).toHaveLength(1);
  await app.post("sms", [event]);
  await collect();
  expect(await about("ELSEWHERE")).toEqual([]);
  await putBlob("dead-letters", `${hourOf("ELSEWHERE")}/b.json`, [letter(event)]);
  await collect();
  expect(await about("ELSEWHERE")).toEqual([]);
  expect(sentTo("+14255550183")).toHaveLength(1);
});

it("does what is left of an event that got no further than the archive", async () => {
  const event = textEvent("stuck", { from: "+14255550184" });
  await putBlob("events", archiveName(accept(event)), event);
  await putBlob("dead-letters", `${hourOf("STUCK")}/a.json`, [letter(event)]);
  await collect();
  expect(await about("STUCK")).toEqual([]);
  expect(sentTo("+14255550184")).toHaveLength(1);
  expect(await app.store.timeline(`sms:${ourNumber}:+14255550184`)).not.toEqual([]);
});

it("leaves an erased event erased", async () => {
  const event = textEvent("erased", { from: "+14255550186" });
  const name = archiveName(accept(event));
  await putBlob("events", name, {});
  const service = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  await service.getContainerClient("events").getBlobClient(name).setMetadata({ tombstone: "17" });
  await putBlob("dead-letters", `${hourOf("ERASED")}/a.json`, [letter(event)]);
  await collect();
  expect(await about("ERASED")).toEqual([]);
  expect([await app.store.archived("erased"), sentTo("+14255550186")]).toEqual([[{}], []]);
});

it("keeps what is left of a delivery after the events of who was erased were taken out", async () => {
  const blob = `${hourOf("REDACTED")}/a.json`;
  await putBlob("dead-letters", blob, [letter(textEvent("left-over", { from: ourNumber }))]);
  const service = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  await service.getContainerClient("dead-letters").getBlobClient(blob).setMetadata({ tombstone: "17" });
  await collect();
  const [problem] = await about("REDACTED");
  expect(await replay(app, problem?.id, { commit: true })).toMatchObject({ state: "resolved", result: "1 accepted" });
  expect(await app.store.archived("left-over")).toHaveLength(1);
});

it("finds a blob that comes late, and is not led astray by an hour to come", async () => {
  const event = (id: string) => [letter(textEvent(id, { from: "+14255550185", to: "+14255550185" }))];
  await putBlob("dead-letters", `${hourOf("LATE")}/a.json`, event("late-a"));
  await putBlob("dead-letters", "LATE/2099/1/1/0/z.json", event("late-z"));
  await collect();
  expect(await about("LATE")).toHaveLength(2);
  await putBlob("dead-letters", `${hourOf("LATE", 4)}/b.json`, event("late-b"));
  await putBlob("dead-letters", `${hourOf("LATE")}/0.json`, event("late-0"));
  await collect();
  expect(await about("LATE")).toHaveLength(4);
});

it("tells of what Event Grid did not write, once, and goes on", async () => {
  const strays = ["stray.txt", "ASTRAY/2026/notes.json", "ASTRAY/2026/11/21/7/8/deep.json", "ASTRAY/other/x/y.json"];
  for (const name of strays) await putBlob("dead-letters", name, "no JSON");
  for (const [index, content] of ["{", "", "17", "[]", '["text", null]'].entries()) {
    await putBlob("dead-letters", `${hourOf("BROKEN")}/${index}.json`, content);
  }
  await putBlob("dead-letters", `${hourOf("ZLAST")}/a.json`, [letter(textEvent("last", { from: ourNumber }))]);
  await collect();
  const before = (await open()).length;
  await collect();
  expect(await open()).toHaveLength(before);
  expect(await about("ZLAST")).toHaveLength(1);
  expect(await about("BROKEN")).toHaveLength(4);
  const shown = await Promise.all((await open()).map(async ({ link }) => (await app.get(String(link))).json()));
  const blobs = shown.map((one) => (one as { source: { blob: string } }).source.blob);
  expect(strays.filter((name) => !blobs.includes(name))).toEqual([]);
});

it("replays what it can of a delivery; the rest is in quarantine, with a problem of its own", async () => {
  const events = [textEvent("part-1", { from: ourNumber }), textEvent("part-2", { from: ourNumber })];
  await putBlob(
    "dead-letters",
    `${hourOf("PARTSMS")}/a.json`,
    [...events, { ...events[0], id: "part-3", data: {} }].map(letter),
  );
  await collect();
  const [problem] = await about("PARTSMS");
  expect(problem?.advice).toContain("3 SMSReceived");
  expect(await replay(app, problem?.id, { commit: true })).toMatchObject({
    state: "resolved",
    result: "2 accepted, 1 refused",
  });
  expect(await app.store.archived("part-1")).toHaveLength(1);
  expect(await app.store.quarantined("part-3")).toHaveLength(1);
  const refused = await openProblems(app, "quarantinedEvent");
  expect(refused).toHaveLength(1);
});

it("takes in once what reached the archive, however long the rest of its delivery is on the list, also when it was put back there", async () => {
  const kept = textEvent("kept-part", { from: "+14255550187" });
  await app.post("sms", [kept]);
  const lost = textEvent("lost-part", { from: "+14255550188" });
  await putBlob("dead-letters", `${hourOf("PARTLY")}/a.json`, [letter(kept), letter(lost)]);
  await collect();
  const [problem] = await about("PARTLY");
  expect(problem?.advice).toContain("1 SMSReceived");
  // Were it taken in again, its row would be there again.
  const { partitionKey, rowKey } = (await app.store.timeline(`sms:${ourNumber}:+14255550187`))[0] ?? {};
  const timeline = TableClient.fromConnectionString(app.addresses.storageConnectionString, "timeline", {
    allowInsecureConnection: true,
  });
  await timeline.deleteEntity(String(partitionKey), String(rowKey));
  await collect();
  expect(await app.store.timeline(`sms:${ourNumber}:+14255550187`)).not.toContainEqual(
    expect.objectContaining({ rowKey }),
  );
  await app.call("POST", `/api/problems/${problem?.id}/dismiss`, { reason: "made up" });
  await collect();
  await app.call("POST", `/api/problems/${problem?.id}/reopen`, {});
  await app.post("sms", [lost]);
  await collect();
  expect(await about("PARTLY")).toEqual([]);
});
