import { request as send } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FixtureApp, startFixtureApp } from "./startFixtureApp.ts";

let app: FixtureApp;
let streaming: FixtureApp;
beforeAll(async () => {
  [app, streaming] = await Promise.all([
    startFixtureApp({ auth: "the-master-key" }),
    startFixtureApp({ env: { STREAM: "1" } }),
  ]);
});
afterAll(() => Promise.all([app.close(), streaming.close()]));

const get = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${app.host.url}/api/${path}`, init);
  return { status: response.status, text: await response.text() };
};

/** A request body in chunks, without Content-Length. */
const postChunked = (host: string) =>
  new Promise<string>((resolve, reject) => {
    const request = send(`${host}/api/echo`, { method: "POST" }, (response) => resolve(text(response)));
    request.on("error", reject);
    request.write("in ");
    request.end("chunks");
  });

describe("routing", () => {
  it("lets the alphabetically first function win, not the more specific route", async () => {
    expect(await get("items/special")).toEqual({ status: 200, text: "aItem special" });
    expect(await get("ITEMS/a%20b")).toEqual({ status: 200, text: "aItem a b" });
  });

  it("answers 404 for a wrong method and for an unknown path", async () => {
    expect((await get("items/1", { method: "POST" })).status).toBe(404);
    expect((await get("unknown")).status).toBe(404);
    expect((await fetch(`${app.host.url}/items/1`)).status).toBe(404);
  });

  it("knows optional, constrained and catch-all parameters", async () => {
    expect((await get("maybe")).text).toBe("{}");
    expect((await get("maybe/7")).text).toBe('{"id":"7"}');
    expect((await get("maybe/seven")).status).toBe(404);
    expect((await get("files/a/b%2Fc")).text).toBe('{"rest":"a/b/c"}');
  });

  it("answers HEAD without a body", async () => {
    const response = await fetch(`${app.host.url}/api/items/1`, { method: "HEAD" });
    expect([response.status, response.headers.get("content-length")]).toEqual([200, "7"]);
  });
});

describe("a request and its response", () => {
  it("pass whole, with repeated query keys joined", async () => {
    const headers = { "x-given": "yes" };
    const response = await fetch(`${app.host.url}/api/echo?a=1&a=2&b=3`, { method: "POST", body: "hello", headers });
    expect([response.status, response.headers.get("x-own")]).toEqual([201, "kept"]);
    const query = { a: "1,2", b: "3" };
    const url = `${app.host.url}/api/echo?a=1&a=2&b=3`;
    expect(await response.json()).toEqual({ url, query, header: "yes", body: "hello" });
  });

  it("lose a chunked body without streaming", async () => {
    expect(JSON.parse(await postChunked(app.host.url))).toMatchObject({ body: "" });
  });

  it("are 500 and empty for a failing handler, 204 for no result", async () => {
    expect(await get("boom")).toEqual({ status: 500, text: "" });
    expect(await get("nothing")).toEqual({ status: 204, text: "" });
  });
});

describe("HTTP streaming", () => {
  it("passes a chunked body, query, headers and route parameters", async () => {
    expect(JSON.parse(await postChunked(streaming.host.url))).toMatchObject({ body: "in chunks" });
    const headers = { "x-given": "yes" };
    const url = `${streaming.host.url}/api/echo?a=1`;
    const response = await fetch(url, { method: "POST", body: "x", headers });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ url, query: { a: "1" }, header: "yes", body: "x" });
    expect(await (await fetch(`${streaming.host.url}/api/items/9`)).text()).toBe("aItem 9");
  });

  it("answers 500 for a failing handler, 204 for no result, 500 when the process dies", async () => {
    expect((await fetch(`${streaming.host.url}/api/boom`)).status).toBe(500);
    expect((await fetch(`${streaming.host.url}/api/nothing`)).status).toBe(204);
    const hanging = fetch(`${streaming.host.url}/api/hang`);
    await expect.poll(() => streaming.seen("hang")).toHaveLength(1);
    streaming.host.kill();
    expect((await hanging).status).toBe(500);
  });
});

describe("keys", () => {
  const withKey = (path: string, key?: string) => get(path, key ? { headers: { "x-functions-key": key } } : {});

  it("open function and admin routes by level", async () => {
    const { keys } = app.host;
    expect((await withKey("keyed")).status).toBe(401);
    expect((await withKey("keyed", "wrong")).status).toBe(401);
    expect((await withKey("keyed", keys?.function)).status).toBe(200);
    expect((await get(`keyed?code=${keys?.function}`)).status).toBe(200);
    expect((await withKey("keyed", keys?.master)).status).toBe(200);
    expect((await withKey("masters", keys?.function)).status).toBe(401);
    expect((await withKey("masters", "the-master-key")).status).toBe(200);
    expect((await withKey("items/1")).status).toBe(200);
  });

  it("guard the Event Grid webhook: 401 for no or an unknown key, 403 for a key of another kind", async () => {
    const url = app.host.webhookUrl("oneEvent");
    const notify = async (address: string) =>
      (await fetch(address, { method: "POST", body: "[]", headers: { "aeg-event-type": "Notification" } })).status;
    const bare = url.replace(/&code=.*/, "");
    expect(await notify(url)).toBe(202);
    expect(await notify(`${bare}&code=the-master-key`)).toBe(202);
    expect(await notify(bare)).toBe(401);
    expect(await notify(`${bare}&code=wrong`)).toBe(401);
    expect(await notify(`${bare}&code=${app.host.keys?.function}`)).toBe(403);
  });
});
