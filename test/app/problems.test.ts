import { QueueClient } from "@azure/storage-queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { type Item, itemsOf, pagesOf } from "../support/pages.ts";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

let app: App;
beforeAll(async () => {
  const started = await startApp({ RECORDING_PAUSE_ALERT_MINUTES: "soon" }, { auth: "master-key" });
  const withKey = (key: string | undefined) => ({ headers: { "x-functions-key": key ?? "" } });
  app = {
    ...started,
    get: (path) => started.get(path, withKey(started.host.keys?.function)),
    call: (method, path, body, { headers } = {}) =>
      started.call(method, path, body, {
        headers: { "x-functions-key": "master-key", ...Object.fromEntries(new Headers(headers)) },
      }),
  };
});
afterAll(() => app?.close());

const list = (query: Record<string, string | number> = {}) => itemsOf(app, "/api/problems", query);
const show = async (item: Item | undefined) => (await (await app.get(String(item?.link))).json()) as Item;

/** Has smsEvents refuse texts without a sender. */
const refuse = async (...ids: string[]) => {
  const events = ids.map((id) => textEvent(id, { from: undefined }));
  expect(await app.post("sms", events)).toBe(202);
};

const typed = (id: string, eventType: string) => eventGridEvent("SMSReceived", {}, { id, eventType });

describe("an event that cannot be accepted", () => {
  it("is one problem, however often it comes, and says where it is", async () => {
    for (let n = 0; n < 2; n++) await refuse("refused");
    const [item, ...others] = await list({ kind: "quarantinedEvent" });
    expect(others).toEqual([]);
    expect(item).toMatchObject({ state: "open", advice: expect.stringContaining("ACS_EVENTS_MISSING at /data/from") });
    const { source, replays } = await show(item);
    const [blob] = await app.store.names("quarantine");
    expect([source, replays]).toEqual([{ container: "quarantine", blob }, []]);
  });

  it("of a type that is not known is counted, with all of its type", async () => {
    const story = (type: string, count: number) =>
      Array.from({ length: count }, (_, n) => typed(`${type}-${n}`, `Contoso.${type}`));
    expect(await app.post("sms", story("Made", 30))).toBe(202);
    expect(await app.post("sms", [...story("Rare", 1), ...story("Rare", 1)])).toBe(202);
    expect(await app.post("chat", [typed("number", "+14255550100")])).toBe(202);
    const found = await list({ kind: "unknownEventType" });
    const counts = new Map(found.map(({ cause, count }) => [String(cause).split(": ")[1], Number(count)]));
    expect(counts).toEqual(
      new Map([
        ["(no plain name)", 1],
        ["Contoso.Rare", 1],
        ["Contoso.Made", expect.any(Number)],
      ]),
    );
    expect(counts.get("Contoso.Made")).toBeGreaterThanOrEqual(15);
    expect(counts.get("Contoso.Made")).toBeLessThanOrEqual(30);
  });
});

it("counts what ACS sends of late and this version does not know, by type and member", async () => {
  const data = { serverCallId: "drift", roomName: "x", "+14255550100": 1, room: { id: "1", mood: "good" } };
  const events = [0, 1, 2].map((n) => eventGridEvent("CallStarted", data, { id: `drift-${n}` }));
  for (const event of [...events, ...events]) expect(await app.post("call", [event])).toBe(202);
  const found = (await list({ kind: "unknownMember" })).map(({ cause, count }) => [
    String(cause).split(": ")[1],
    count,
  ]);
  expect(found.sort()).toEqual([
    ["/data/(no plain name)", 2],
    ["/data/room/mood", 2],
    ["/data/roomName", 2],
  ]);
});

describe("a person", () => {
  it("dismisses a problem with the master key, and is kept with the reason", async () => {
    await refuse("dismissed");
    const before = await list();
    const item = before.find(({ kind }) => kind === "quarantinedEvent");
    const path = `${item?.link}/dismiss`;
    const [reason, actor] = [{ reason: "A test of the sender's" }, { headers: { "x-acs-events-actor": "ada" } }];
    const key = app.host.keys?.function ?? "";
    expect((await app.call("POST", path, reason, { headers: { "x-functions-key": key } })).status).toBe(401);
    expect((await app.call("POST", path, {})).status).toBe(400);
    const answer = await app.call("POST", path, reason, actor);
    const dismissed = { ...reason, by: "ada", at: expect.any(String) };
    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.objectContaining({ state: "dismissed", dismissed }),
    ]);
    await refuse("dismissed");
    expect((await list()).map(({ id }) => id)).toEqual(before.map(({ id }) => id).filter((id) => id !== item?.id));
    expect(await list({ state: "dismissed" })).toMatchObject([{ id: item?.id }]);
    expect(await show(item)).toMatchObject({ state: "dismissed", dismissed });
    expect((await app.call("POST", `${item?.link}/reopen`, undefined, actor)).status).toBe(200);
    expect(await show(item)).toMatchObject({ state: "open", reopened: { by: "ada" } });
  });

  it("is told what there is not", async () => {
    const unknown = `/api/problems/poisonedJob-${"0".repeat(64)}`;
    for (const path of [unknown, "/api/problems/x", "/api/problems/nothing-0"]) {
      const answer = await app.get(path);
      expect([answer.status, ((await answer.json()) as Item).code]).toEqual([404, "ACS_EVENTS_UNKNOWN_PROBLEM"]);
    }
    expect((await app.call("POST", `${unknown}/dismiss`, { reason: "none" })).status).toBe(404);
    for (const query of ["kind=none", "state=shut", "from=yesterday", "continuationToken=x", "pageSize=0"]) {
      const answer = await app.get(`/api/problems?${query}`);
      expect([answer.status, ((await answer.json()) as Item).target]).toEqual([400, query.split("=")[0]]);
    }
  });
});

it("keeps a job that nobody could do, and the queue that it came from", async () => {
  const poison = new QueueClient(app.addresses.storageConnectionString, "recording-downloads-poison");
  const message = JSON.stringify({ event: "recording/none.json", chunk: 0 });
  await poison.createIfNotExists();
  await poison.sendMessage(Buffer.from(message).toString("base64"));
  await app.idle();
  const [item] = await list({ kind: "poisonedJob" });
  expect(await show(item)).toMatchObject({ source: { queue: "recording-downloads", message } });
});

it("gives page after page, newest first, across all kinds", async () => {
  await refuse(...Array.from({ length: 12 }, (_, n) => `page-${n}`));
  const all = await list({ pageSize: 100 });
  const times = all.map(({ since }) => String(since));
  expect(times).toEqual(times.toSorted().reverse());
  expect(new Set(all.map(({ kind }) => kind)).size).toBeGreaterThan(2);
  const pages = await pagesOf(app, "/api/problems", { pageSize: 5 });
  expect(pages.flatMap(({ value }) => value)).toEqual(all);
  expect(pages.slice(0, -1).map(({ value }) => value.length)).toEqual(pages.slice(1).map(() => 5));
  const from = times[3] ?? "";
  expect((await list({ from })).length).toBe(times.filter((time) => time >= from).length);
});

it("names a setting that cannot be used", async () => {
  for (let n = 0; n < 2; n++) await app.host.runTimer("checkProblems");
  expect(await list({ kind: "setting" })).toMatchObject([
    { cause: "Setting RECORDING_PAUSE_ALERT_MINUTES cannot be used", advice: expect.not.stringContaining("soon") },
  ]);
});
