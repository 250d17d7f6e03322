import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FixtureApp, startFixtureApp } from "./startFixtureApp.ts";

let app: FixtureApp;
beforeAll(async () => {
  app = await startFixtureApp();
});
afterAll(() => app.close());

const post = (url: string, type: string | undefined, body: string, method = "POST") =>
  fetch(url, { method, body, headers: type === undefined ? {} : { "aeg-event-type": type } });

describe("the decision table of the Event Grid webhook", () => {
  it("answers 404 for a function that does not exist, is spelt in another case, or has another trigger", async () => {
    for (const name of ["missing", "oneevent", "job"]) {
      const response = await post(app.host.webhookUrl(name), "Notification", "[]");
      expect(response.status).toBe(404);
      expect(await response.text()).toBe(`cannot find function: '${name}'`);
    }
  });

  it("knows its path in any letter case, and no other extension", async () => {
    const other = app.host.webhookUrl("oneEvent").replace("EventGrid", "eventgrid");
    expect((await post(other, "Notification", "[]")).status).toBe(202);
    expect((await post(other.replace("eventgrid", "blobs"), "Notification", "[]")).status).toBe(404);
  });

  it("answers OPTIONS with the allowed origin", async () => {
    const ask = async (origin: string) => {
      const headers = { "WebHook-Request-Origin": origin };
      const response = await fetch(app.host.webhookUrl("oneEvent"), { method: "OPTIONS", headers });
      return [response.status, response.headers.get("webhook-allowed-origin"), await response.text()];
    };
    expect(await ask("eventgrid.azure.us")).toEqual([200, "eventgrid.azure.us", ""]);
    expect(await ask("evil.example")).toEqual([200, "eventgrid.azure.net", ""]);
  });

  it("shakes hands in both schemas", async () => {
    const url = app.host.webhookUrl("oneEvent");
    const array = JSON.stringify([{ data: { validationCode: "code-1" } }]);
    const object = JSON.stringify({ data: JSON.stringify({ validationCode: "code-2" }) });
    const first = await post(url, "SubscriptionValidation", array);
    expect([first.status, await first.text()]).toEqual([200, '{"validationResponse":"code-1"}']);
    expect(await (await post(url, "subscriptionvalidation", object)).text()).toBe('{"validationResponse":"code-2"}');
  });

  it("acknowledges an unsubscription, refuses other kinds with 400, and fails on what is no JSON with 500", async () => {
    const url = app.host.webhookUrl("oneEvent");
    expect((await post(url, "Unsubscribe", "")).status).toBe(202);
    expect((await post(url, "Else", "[]")).status).toBe(400);
    expect((await post(url, undefined, "[]")).status).toBe(400);
    expect((await post(url, "Notification", "{not json")).status).toBe(500);
    expect((await post(url, "Notification", "")).status).toBe(500);
  });
});

describe("a notification", () => {
  it("runs one invocation per event of an array, and one for a single object", async () => {
    expect((await app.notify([{ id: "a1" }, { id: "a2" }])).status).toBe(202);
    expect((await app.notify({ id: "a3", specversion: "1.0" })).status).toBe(202);
    const ids = (await app.seen("oneEvent")).map(({ value }) => (value as { id: string }).id);
    expect(ids).toEqual(expect.arrayContaining(["a1", "a2", "a3"]));
  });

  it("hands over the event as sent, and its top-level members as parsed trigger metadata", async () => {
    const event = {
      id: "m1",
      eventTime: "2024-01-02T03:04:05.0000000Z",
      metadataVersion: "1",
      data: { A: [1] },
      list: [1],
    };
    await app.notify([event]);
    const one = (await app.seen("oneEvent")).find(({ value }) => (value as { id: string }).id === "m1");
    expect(one?.value).toEqual(event);
    expect(one?.metadata).toEqual({ id: "m1", eventTime: event.eventTime, metadataVersion: 1, data: { a: [1] } });
  });

  it("gives the whole array to a function that takes many", async () => {
    expect((await app.notify([{ id: "x" }, { id: "y" }], "allEvents")).status).toBe(202);
    expect((await app.seen("allEvents")).at(-1)?.value).toEqual([{ id: "x" }, { id: "y" }]);
  });

  it("answers 500 with the first failure when one of a batch fails, and the others have run", async () => {
    const response = await app.notify([{ id: "b1" }, { id: "b2", data: { fail: "storage is down" } }, { id: "b3" }]);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain("storage is down");
    const ids = (await app.seen("oneEvent")).map(({ value }) => (value as { id: string }).id);
    expect(ids).toEqual(expect.arrayContaining(["b1", "b2", "b3"]));
  });

  it("counts `throw undefined` as success, as the real worker does", async () => {
    expect((await app.notify([{ id: "u1", data: { fail: "undefined" } }])).status).toBe(202);
  });

  it("takes 5,000 events in one delivery", async () => {
    const events = Array.from({ length: 5000 }, (_, index) => ({ id: `n${index}`, data: { text: "x".repeat(500) } }));
    const startedAt = performance.now();
    expect((await app.notify(events)).status).toBe(202);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    const ids = (await app.seen("oneEvent")).map(({ value }) => (value as { id: string }).id);
    expect(ids.filter((id) => id.startsWith("n"))).toHaveLength(5000);
  });
});
