// Exports of what is held about a person, when something goes wrong; what is in one: test/app/personExports.test.ts.
import { QueueClient } from "@azure/storage-queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { say } from "../calls/chatCopies.ts";
import { done, filesOf, order, type Status, sendAgain, statusOf } from "../support/personExports.ts";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

let app: App;
beforeAll(async () => {
  app = await startApp({ EXPORT_PART_MB: "1" });
});
afterAll(() => app?.close());

const number = "+14255550195";
const ann = "8:acs:resource_ann";

describe("an export of what is held about a person", () => {
  let status: Status;
  let zips: Map<string, Buffer>[];

  beforeAll(async () => {
    const metadata = { participants: [{ participantId: ann }] };
    const { chunk } = await addChunk(app, 0, { documentId: "long", bytes: 1_200_000, metadata });
    await app.publish([
      ...Array.from({ length: 30 }, (_, index) => textEvent(`trouble-${index}`, { from: number })),
      recordingEvent("long-recording", [chunk]),
      ...say("19:trouble@thread.v2", Date.UTC(2026, 10, 20, 9), "Hello"),
    ]);
    await app.call("PUT", "/api/people/owner-78/aliases", { aliases: [number, ann] });
    status = await done(app, order(app, "owner-78"));
    zips = await filesOf(app, status);
    expect(zips).toHaveLength(2);
  });

  it("changes nothing when its jobs come again, also after a crash between a part and its row", async () => {
    for (const part of [1, 2, 1]) await sendAgain(app, status.id, part);
    expect(await statusOf(app, status)).toEqual(status);
    // As a crash would leave it: the first part is there, and the row does not know.
    await app.store.merge("ledger", "personExport", status.id, {
      ...{
        state: "waiting",
        part: 1,
        counts: "{}",
        sizes: "[]",
        cursor: JSON.stringify({ phase: "events", after: "" }),
      },
    });
    await Promise.all([sendAgain(app, status.id, 1), sendAgain(app, status.id, 1)]);
    expect({ ...(await statusOf(app, status)), expiresAt: "" }).toEqual({ ...status, expiresAt: "" });
    expect(await filesOf(app, await statusOf(app, status))).toEqual(zips);
    expect(await app.store.problems()).toEqual([]);
  });

  it("comes to the same end when the app dies at it", async () => {
    const [clean] = await filesOf(app, await done(app, order(app, number)));
    const killed = order(app, number).then((ordered) => {
      app.host.kill();
      return ordered;
    });
    const again = await done(app, killed);
    expect(again.status).toBe("done");
    const [files] = await filesOf(app, again);
    for (const [path, content] of clean ?? [])
      if (!path.startsWith("index")) expect(files?.get(path), path).toEqual(content);
    expect(files?.size).toBe(clean?.size);
  });

  it("is deleted on demand, and not built again by a job that is late", async () => {
    const ordered = await order(app, number);
    await app.idle();
    expect((await app.call("DELETE", ordered.link)).status).toBe(204);
    await sendAgain(app, ordered.id, 1);
    expect((await app.get(ordered.link)).status).toBe(404);
    expect(await app.store.names("exports", `people/${ordered.id}`)).toEqual([]);
    expect(await app.store.ledger(`personExportThing:${ordered.id}`)).toEqual([]);
  });

  it("is told as failed when its job is given up", async () => {
    const ordered = await order(app, number);
    const poison = new QueueClient(app.addresses.storageConnectionString, "person-exports-poison");
    await app.idle();
    await app.store.merge("ledger", "personExport", ordered.id, { state: "running" });
    await poison.createIfNotExists();
    await poison.sendMessage(Buffer.from(JSON.stringify({ exportId: ordered.id, part: 2 })).toString("base64"));
    await app.idle();
    expect((await statusOf(app, ordered)).status).toBe("failed");
    expect(await app.store.problems()).toMatchObject([{ partitionKey: "poisonedJob" }]);
  });

  it("expires", async () => {
    await app.host.runTimer("expirePersonExports");
    expect(await statusOf(app, status)).toBeDefined();
    await app.moveClock(8 * 86_400_000);
    expect((await app.get(`${status.link}/content`)).status).toBe(404);
    await app.host.runTimer("expirePersonExports");
    expect(await app.store.names("exports")).toEqual([]);
    expect((await app.store.ledger()).filter(({ partitionKey }) => partitionKey.startsWith("personExport"))).toEqual(
      [],
    );
  });
});
