import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FixtureApp, startFixtureApp } from "./startFixtureApp.ts";

let app: FixtureApp;
beforeAll(async () => {
  app = await startFixtureApp();
  await app.queue("jobs").createIfNotExists();
});
afterAll(() => app.close());

const base64 = (text: string) => Buffer.from(text).toString("base64");
const send = (text: string) => app.queue("jobs").sendMessage(base64(text));
const jobs = async (key: string) =>
  (await app.seen("job")).filter(({ value }) => (value as { key?: string } | null)?.key === key);

describe("a queue trigger", () => {
  it("hands over JSON parsed and other text as it is, then deletes the message", async () => {
    await send('{"key":"plain"}');
    await send("just words");
    await send("123");
    await app.host.idle();
    const values = (await app.seen("job")).map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining([{ key: "plain" }, "just words", 123]));
  });

  it("lets the message's own members hide the queue's metadata", async () => {
    await send('{"key":"overlay","id":"mine"}');
    await app.host.idle();
    const [job] = await jobs("overlay");
    expect(job?.metadata).toMatchObject({ id: "mine", key: "overlay", dequeueCount: 1 });
    expect(job?.metadata).toHaveProperty("popReceipt");
    expect(job?.metadata).toHaveProperty("insertionTime");
  });

  it("tries a failing message maxDequeueCount times, then moves it to the poison queue and its trigger", async () => {
    await send('{"key":"poison","fail":true}');
    await app.host.idle();
    expect((await jobs("poison")).map(({ metadata }) => metadata?.dequeueCount)).toEqual([1, 2, 3]);
    const poisoned = (await app.seen("poisonedJob")).map(({ value }) => value);
    expect(poisoned).toContainEqual({ key: "poison", fail: true });
  });

  it("moves a message that is no base64 to the poison queue without running the function", async () => {
    const before = (await app.seen("job")).length;
    await app.queue("jobs").sendMessage("not base64!");
    await app.host.idle();
    expect(await app.seen("job")).toHaveLength(before);
    const left = await app.queue("jobs-poison").getProperties();
    expect(left.approximateMessagesCount).toBe(0);
    expect(app.log.some((line) => line.includes("moved to jobs-poison"))).toBe(true);
  });

  it("gives a message back when the app's process dies under it", async () => {
    await send('{"key":"crash","crashOnFirstTry":true}');
    await app.host.idle();
    expect((await jobs("crash")).map(({ metadata }) => metadata?.dequeueCount)).toEqual([2]);
  });
});

describe("a queue output", () => {
  it("sends one message per array element, objects as indented JSON, after success", async () => {
    const job = [{ key: "out", nested: { at: "2024-01-02T03:04:05.000Z" } }, { key: "out" }];
    await app.notify([{ id: "o1", data: { job } }]);
    await app.host.idle();
    const found = await jobs("out");
    expect(found.map(({ value }) => value)).toEqual(expect.arrayContaining(job));
    expect(found).toHaveLength(2);
  });

  it("sends nothing when the function fails", async () => {
    const response = await app.notify([{ id: "o2", data: { job: { key: "unsent" }, fail: "late" } }]);
    expect(response.status).toBe(500);
    await app.host.idle();
    expect(await jobs("unsent")).toEqual([]);
  });

  it("fails the invocation when it cannot be sent", async () => {
    const response = await app.notify([{ id: "o3", data: { failOutput: true } }]);
    expect(response.status).toBe(500);
  });

  it("reaches the trigger of the same queue", async () => {
    await send('{"key":"first","again":{"key":"second"}}');
    await app.host.idle();
    expect(await jobs("second")).toHaveLength(1);
  });
});

describe("idle", () => {
  it("answers over HTTP too, when no work is left", async () => {
    await send('{"key":"idle"}');
    expect((await fetch(`${app.host.url}/idle`)).status).toBe(200);
    expect(await jobs("idle")).toHaveLength(1);
  });

  it("does not wait for a message that was put on the queue for later", async () => {
    const { messageId, popReceipt } = await app
      .queue("jobs")
      .sendMessage(base64('{"key":"later"}'), { visibilityTimeout: 600 });
    await app.host.idle();
    expect(await jobs("later")).toEqual([]);
    await app.queue("jobs").updateMessage(messageId, popReceipt, base64('{"key":"later"}'), 0);
    await app.host.idle();
    expect(await jobs("later")).toHaveLength(1);
  });

  it("waits for a failed message that the host gave back, even when the app is restarted meanwhile", async () => {
    const slow = await startFixtureApp({ delayScale: 0.04 }); // 30 s between two tries become 1.2 s
    await slow.queue("jobs").createIfNotExists();
    await slow.queue("jobs").sendMessage(base64('{"key":"slow","fail":true}'));
    await expect.poll(() => slow.log.some((line) => line.includes("Failed, Id="))).toBe(true);
    await slow.host.restart();
    await slow.host.idle();
    expect(await slow.seen("poisonedJob")).toHaveLength(1);
    await slow.close();
  });
});
