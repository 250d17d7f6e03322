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

describe("a moved clock", () => {
  const dayMs = 86_400_000;
  /** By how many whole days the app's ways to tell the time are ahead; then those of the module when it was loaded. */
  const daysAhead = async () => {
    const { loadedAt, now } = (await (await fetch(`${app.host.url}/api/clock`)).json()) as {
      loadedAt: number;
      now: (string | number)[];
    };
    return [...now, loadedAt].map((time) => Math.floor((new Date(time).getTime() - Date.now()) / dayMs + 0.5));
  };

  it("moves all of the app's time, in all and not further each time, and back", async () => {
    expect(await daysAhead()).toEqual([0, 0, 0, 0]);
    await app.host.moveClock(2 * dayMs);
    await app.host.moveClock(3 * dayMs);
    expect(await daysAhead()).toEqual([3, 3, 3, 0]);
    await app.host.moveClock(0);
    expect(await daysAhead()).toEqual([0, 0, 0, 0]);
  });

  it("leaves a given time as it is", async () => {
    await app.host.moveClock(dayMs);
    expect(await (await fetch(`${app.host.url}/api/clock`)).json()).toMatchObject({ given: new Date(7).toJSON() });
  });

  it("is there before the app is loaded, after a crash and after a restart", async () => {
    app.host.kill();
    await app.host.moveClock(5 * dayMs);
    await expect.poll(daysAhead).toEqual([5, 5, 5, 5]);
    await app.host.restart();
    expect(await daysAhead()).toEqual([5, 5, 5, 5]);
    await app.host.moveClock(0);
  });
});

describe("the host's address", () => {
  it("can be a setting of the app", async () => {
    const other = await startFixtureApp({ env: (url) => ({ OWN: url }) });
    expect(await (await fetch(`${other.host.url}/api/environment`)).json()).toMatchObject({ OWN: other.host.url });
    await other.close();
  });

  it("takes requests before the app is loaded; they wait for it", async () => {
    const early = Promise.withResolvers<Promise<Response>>();
    const env = (url: string) => {
      early.resolve(fetch(`${url}/api/items/early`));
      return {};
    };
    const other = await startFixtureApp({ env });
    expect(await (await await early.promise).text()).toBe("aItem early");
    await other.close();
  });
});

describe("a timer", () => {
  it("runs by its schedule, or only on request if the host says so", async () => {
    const everySecond = { env: { TICK: "* * * * * *" } };
    const [first, second] = await Promise.all([
      startFixtureApp(everySecond),
      startFixtureApp({ ...everySecond, timers: false }),
    ]);
    await expect.poll(() => first.seen("tick"), { timeout: 5000 }).toHaveLength(2);
    expect(await second.seen("tick")).toEqual([]);
    await second.host.runTimer("tick");
    expect(await second.seen("tick")).toHaveLength(1);
    await Promise.all([first.close(), second.close()]);
  });

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
