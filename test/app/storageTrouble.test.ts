import { afterAll, beforeAll, expect, it } from "vitest";
import { type StorageProxy, startStorageProxy } from "../../dev/azurite/startStorageProxy.ts";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

let proxy: StorageProxy;
let app: App;
beforeAll(async () => {
  proxy = await startStorageProxy();
  app = await startApp({ AzureWebJobsStorage: proxy.connectionString });
  proxy.target = app.addresses.storageConnectionString;
});
afterAll(async () => {
  await app?.close();
  proxy.close();
});

it.for([
  ["closed", "+14255550171"],
  ["unavailable", "+14255550172"],
] as const)("throws while storage is %s, and loses nothing: Event Grid delivers again", async ([mode, from]) => {
  const failed = Promise.withResolvers<number>();
  const stopListening = app.eventGrid.onDelivery(({ status }) => failed.resolve(status));
  proxy.mode = mode;
  await app.eventGrid.publish([textEvent(mode, { from })]);
  const [health, status] = await Promise.all([fetch(`${app.host.url}/api/health`), failed.promise]);
  stopListening();
  expect(status).toBe(500);
  expect([health.status, await health.json()]).toEqual([503, { status: "not ok" }]);

  proxy.mode = "open";
  await app.idle();
  expect(await app.store.archived(mode)).toHaveLength(1);
  expect(await app.store.timeline(`person:${from}`)).not.toEqual([]);
  expect(app.acs.messages().filter(({ to }) => to === from)).toHaveLength(1);
  expect((await fetch(`${app.host.url}/api/health`)).status).toBe(200);
});

it("asks for the blob of a text twice in all: to write it, and to read it for the reply", async () => {
  const asked: string[] = [];
  proxy.answered = ({ method, path }, status) => {
    if (path.includes("/SMSReceived/")) asked.push(`${method} ${status}`);
  };
  await app.publish([textEvent("counted", { from: "+14255550173" })]);
  proxy.answered = () => {};
  expect(asked).toEqual(["PUT 201", "GET 200"]);
  expect(app.acs.messages().filter(({ to }) => to === "+14255550173")).toHaveLength(1);
});
