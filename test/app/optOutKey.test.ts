// The key of the hashes under which opt-outs are kept: one for ever, and no opt-out is forgotten when it is another one.
import { TableClient } from "@azure/data-tables";
import { QueueServiceClient } from "@azure/storage-queue";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { noteOptOut } from "../../src/sms/optOut/noteOptOut.ts";
import { noteOptOutWord } from "../../src/sms/optOut/noteOptOutWord.ts";
import { readOptOut } from "../../src/sms/optOut/readOptOut.ts";
import { keyedHash } from "../../src/storage/keyedHash.ts";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";

const [oneKey, otherKey] = ["one key, of forty characters or some more", "another key, of forty characters or more"];

let app: App;
let ledger: TableClient;

/** What is put by in the queue for later. */
async function putBy(): Promise<number> {
  const service = QueueServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  return (await service.getQueueClient("sms-opt-outs").getProperties()).approximateMessagesCount ?? 0;
}
const keyRow = async () => (await app.store.ledger("secret", "hashKey"))[0];
const forgetKey = () => ledger.deleteEntity("secret", "hashKey");

beforeAll(async () => {
  // A delay of five minutes is one second.
  app = await startApp({ AUTO_REPLY: "off", HASH_KEY: oneKey, DELAY_SCALE: "0.004" });
  const { storageConnectionString } = app.addresses;
  ledger = TableClient.fromConnectionString(storageConnectionString, "ledger", { allowInsecureConnection: true });
  await ledger.createTable();
});
afterAll(() => app?.close());

describe("with a key that is not the one of before", () => {
  const from = "+14255550101";
  const path = `/api/sms/opt-outs/${ourNumber}/${from}`;

  it("a STOP is accepted and waits, nobody is told that there is none, and all is well once the key is mended", async () => {
    await ledger.createEntity({ partitionKey: "secret", rowKey: "hashKey", key: "", fingerprint: "f".repeat(32) });
    expect(await app.post("sms", [textEvent("key-stop", { message: "STOP", from })])).toBe(202);
    expect(await app.store.archived("key-stop")).toHaveLength(1);
    const asked = await app.get(path);
    expect(asked.status).toBe(500);
    expect(await asked.json()).toMatchObject({
      code: "ACS_EVENTS_HASH_KEY_CHANGED",
      message: expect.stringContaining("HASH_KEY"),
    });
    const [problem] = await app.store.problems();
    expect(problem).toMatchObject({ partitionKey: "optOutNotNoted", raw: "HASH_KEY", state: "open" });
    expect(JSON.stringify(problem)).not.toContain("4255550");
    expect(await putBy()).toBe(1);

    await forgetKey();
    const noted = async () =>
      expect(await (await app.get(path)).json()).toMatchObject({ state: "out", source: "text" });
    await vi.waitFor(noted, { timeout: 60_000 });
  });
});

describe("the key", () => {
  beforeAll(() => {
    vi.stubEnv("AzureWebJobsStorage", app.addresses.storageConnectionString);
    vi.stubEnv("DELAY_SCALE", "0.004");
  });
  beforeEach(async () => {
    await forgetKey();
    // What the last test left in memory is pushed out by another key.
    vi.stubEnv("HASH_KEY", crypto.randomUUID());
    await keyedHash();
    await forgetKey();
  });
  afterAll(() => vi.unstubAllEnvs());

  it("that the app makes is made once, however many ask for it at once, and goes on as HASH_KEY", async () => {
    vi.stubEnv("HASH_KEY", "");
    const hashes = await Promise.all(Array.from({ length: 8 }, () => keyedHash("a", "b")));
    expect(new Set(hashes).size).toBe(1);
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    const key = (await keyRow())?.key;
    expect(Buffer.from(String(key), "base64")).toHaveLength(32);
    vi.stubEnv("HASH_KEY", String(key));
    expect(await keyedHash("a", "b")).toBe(hashes[0]);
    await ledger.updateEntity({ partitionKey: "secret", rowKey: "hashKey", key: "" }, "Merge");
    vi.stubEnv("HASH_KEY", "");
    await expect(keyedHash("a", "b")).rejects.toMatchObject({ code: "ACS_EVENTS_HASH_KEY_CHANGED" });
    vi.stubEnv("HASH_KEY", String(key));
    expect(await keyedHash("a", "b")).toBe(hashes[0]);
  });

  it("parts do not run into each other", async () => {
    vi.stubEnv("HASH_KEY", oneKey);
    expect(await keyedHash("a", "b")).not.toBe(await keyedHash("ab"));
    expect(await keyedHash("a", "b")).not.toBe(await keyedHash("a,b"));
    expect(await keyedHash("a", "b")).not.toBe(await keyedHash("b", "a"));
  });

  it.for([
    [oneKey, otherKey],
    [oneKey, ""],
    ["", oneKey],
  ])("that was %j is not silently %j", async ([before = "", after = ""]) => {
    const pair = { ourNumber, theirNumber: "+14255550102" };
    vi.stubEnv("HASH_KEY", before);
    await noteOptOut(pair, { state: "out", at: new Date(), id: "a", source: "text" });
    vi.stubEnv("HASH_KEY", after);
    await expect(readOptOut(pair)).rejects.toMatchObject({ code: "ACS_EVENTS_HASH_KEY_CHANGED", retryable: true });
    vi.stubEnv("HASH_KEY", before);
    expect(await readOptOut(pair)).toMatchObject({ state: "out", id: "a" });
    expect(JSON.stringify(await keyRow())).not.toContain(oneKey);
  });

  it("that is too short lets a STOP wait too, and does not stand in the problem", async () => {
    vi.stubEnv("HASH_KEY", "too short");
    const from = "+14255550103";
    await noteOptOutWord({ messageId: "short", from, to: ourNumber, message: "STOP", receivedAt: new Date() });
    const problems = (await app.store.problems()).filter(({ cause }) => String(cause).includes("BAD_SETTING"));
    expect(problems).toMatchObject([{ partitionKey: "optOutNotNoted" }]);
    expect(JSON.stringify(problems)).not.toContain("too short");
    vi.stubEnv("HASH_KEY", oneKey);
    // The app, whose key is a good one, notes it.
    const noted = async () =>
      expect(await readOptOut({ ourNumber, theirNumber: from })).toMatchObject({ state: "out" });
    await vi.waitFor(noted, { timeout: 60_000 });
  });
});
