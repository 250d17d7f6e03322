import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FixtureApp, fixture, startFixtureApp } from "./startFixtureApp.ts";

let app: FixtureApp;
beforeAll(async () => {
  app = await startFixtureApp({ env: { EXTRA: "given" } });
});
afterAll(() => app.close());

describe("the app's process", () => {
  it("gets the app settings without empty ones, runs in the app's folder, and has no NODE_OPTIONS", async () => {
    const environment = await (await fetch(`${app.host.url}/api/environment`)).json();
    expect(environment).toMatchObject({ EXTRA: "given", FUNCTIONS_WORKER_RUNTIME: "node", cwd: fixture("app") });
    expect(environment).not.toHaveProperty("EMPTY");
    expect(environment).not.toHaveProperty("NODE_OPTIONS");
    expect(environment).not.toHaveProperty("VITEST");
  });

  it("logs what a function logs, under the function's name", async () => {
    await app.notify([{ id: "log-1" }]);
    expect(app.log).toContain("oneEvent: handled log-1");
  });

  it("dies on an unhandled rejection: what ran fails with 500, and a new process takes over", async () => {
    const before = app.host.pid();
    const response = await app.notify([
      { id: "c1", data: { hang: true } },
      { id: "c2", data: { crash: true } },
    ]);
    expect(response.status).toBe(500);
    expect((await app.notify([{ id: "c3" }])).status).toBe(202);
    expect(app.host.pid()).not.toBe(before);
  });

  it("comes back after every one of many crashes", async () => {
    for (let crash = 0; crash < 4; crash++) {
      app.host.kill();
      await app.notify([{ id: "c4" }]); // meets the dying process or waits for the next one
      expect((await app.notify([{ id: "c5" }])).status).toBe(202);
    }
  });

  it("is replaced by a restart, and requests wait for the new one", async () => {
    const before = app.host.pid();
    const restarted = app.host.restart();
    expect((await app.notify([{ id: "r1" }])).status).toBe(202);
    await restarted;
    expect(app.host.pid()).not.toBe(before);
  });
});

describe("a timer", () => {
  it("runs on request, with the worker's camelCase value", async () => {
    await app.host.runTimer("tick");
    const [tick] = await app.seen("tick");
    expect(tick?.value).toMatchObject({ isPastDue: false, schedule: { adjustForDST: true } });
    await expect(app.host.runTimer("tock")).rejects.toThrow("tock");
  });

  it("runs by the admin call, which answers at once", async () => {
    const before = (await app.seen("tick")).length;
    expect((await fetch(`${app.host.url}/admin/functions/tick`, { method: "POST" })).status).toBe(202);
    await app.host.idle();
    expect(await app.seen("tick")).toHaveLength(before + 1);
    expect((await fetch(`${app.host.url}/admin/functions/tock`, { method: "POST" })).status).toBe(404);
  });
});

it("lists the functions with what triggers them", () => {
  expect(app.host.functions).toContainEqual(expect.objectContaining({ name: "job", queueName: "jobs" }));
  expect(app.host.functions).toContainEqual(expect.objectContaining({ name: "tick", schedule: "0 0 0 1 1 *" }));
  expect(app.host.functions).toContainEqual(expect.objectContaining({ name: "aItem", methods: ["GET", "HEAD"] }));
});
