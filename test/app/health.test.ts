import { TableClient } from "@azure/data-tables";
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readAccount } from "../support/account.ts";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

let app: App;

const get = (path: string, key?: string) =>
  fetch(`${app.host.url}/api/${path}`, key === undefined ? {} : { headers: { "x-functions-key": key } });

describe("of a well app", () => {
  beforeAll(async () => {
    app = await startApp({}, { auth: "master-key" });
  });
  afterAll(() => app?.close());

  it("tells anyone that it is well, and nothing more", async () => {
    const answer = await get("health");
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: "ok" });
  });

  it("tells a caller with a key the version, whether storage answers, and each setting", async () => {
    for (const key of ["master-key", app.host.keys?.function]) {
      const answer = await get("health", key);
      expect(answer.status).toBe(200);
      const details = await answer.json();
      expect(details).toMatchObject({ status: "ok", version: expect.any(String), storage: { reachable: true } });
      expect(details).toHaveProperty("settings.AUTO_REPLY", "valid");
    }
    expect((await get("health?code=master-key")).status).toBe(200);
  });

  it("tries what it needs when it is asked to, and leaves nothing behind", async () => {
    const before = await readAccount(app);
    const answer = await get("health/details?try=true", "master-key");
    const { tries } = (await answer.json()) as { tries: Record<string, unknown> };
    const done = { ok: true };
    expect(tries).toMatchObject({ blob: done, queue: done, table: done, acs: done, hashKey: "none" });
    expect(Math.abs(Number(tries.clockAheadMs))).toBeLessThan(60_000);
    const after = await readAccount(app);
    expect([...after.keys()]).toEqual([...before.keys()]);
    await app.fault({ kind: "recording", fault: "403" });
    const refused = await (await get("health/details?try=true", "master-key")).json();
    expect(refused).toMatchObject({ status: "ok", tries: { acs: { ok: false, status: 403 } } });
  });

  it("takes away what a try that was killed left behind, and leaves that of another alone", async () => {
    const { storageConnectionString } = app.addresses;
    const queues = QueueServiceClient.fromConnectionString(storageConnectionString);
    const ledger = TableClient.fromConnectionString(storageConnectionString, "ledger", {
      allowInsecureConnection: true,
    });
    for (const [name, minutes] of [
      ["old", 61],
      ["new", 1],
    ] as const) {
      const at = new Date(Date.now() - minutes * 60_000);
      await queues.createQueue(`acs-events-doctor-${name}`, { metadata: { at: at.toISOString() } });
      await ledger.createEntity({ partitionKey: "doctor", rowKey: name, at });
    }
    await get("health/details?try=true", "master-key");
    expect((await app.store.ledger("doctor")).map(({ rowKey }) => rowKey)).toEqual(["new"]);
    const left: string[] = [];
    for await (const { name } of queues.listQueues({ prefix: "acs-events-doctor-" })) left.push(name);
    expect(left).toEqual(["acs-events-doctor-new"]);
  });

  it("refuses a wrong key, and none for the details", async () => {
    expect((await get("health", "wrong")).status).toBe(401);
    expect((await get("health/details")).status).toBe(401);
    expect((await get("health?code=wrong")).status).toBe(401);
  });

  it("takes events with Event Grid's key only", async () => {
    const url = app.host.webhookUrl("smsEvents");
    expect(await app.post("sms", [textEvent("keyed")])).toBe(202);
    expect((await fetch(url.replace(/code=[^&]+/, "code=wrong"), { method: "POST", body: "[]" })).status).toBe(401);
  });
});

describe("of an app with an invalid setting", () => {
  beforeAll(async () => {
    app = await startApp({ AUTO_REPLY: "perhaps", REPLY_UNCERTAIN_AFTER: "soon" });
  });
  afterAll(() => app?.close());

  it("says which, without its value", async () => {
    const anonymous = await get("health");
    expect([anonymous.status, await anonymous.json()]).toEqual([503, { status: "not ok" }]);
    const answer = await get("health/details");
    const text = await answer.text();
    expect(answer.status).toBe(503);
    const { settings } = JSON.parse(text);
    expect(settings.AUTO_REPLY).toContain("on or off is expected");
    expect(settings.REPLY_UNCERTAIN_AFTER).toContain("hh:mm:ss");
    expect(text).not.toMatch(/perhaps|soon|accesskey|AccountKey/i);
  });

  it("keeps events all the same; what needs the setting ends as a problem", async () => {
    await app.publish([textEvent("kept")]);
    expect(await app.store.archived("kept")).toHaveLength(1);
    expect(app.acs.messages()).toEqual([]);
    const problems = (await app.store.problems()).filter(({ raw }) => String(raw).includes("/kept."));
    expect(problems).toHaveLength(1);
  });
});
