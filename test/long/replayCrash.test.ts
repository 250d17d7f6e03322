import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openProblems, replay } from "../support/replay.ts";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

it("comes to the same end when the app crashes in the middle of a replay", async () => {
  const texts = Array.from({ length: 16 }, (_, n) => textEvent(`crash-${n}`, { from: `+1425555${1000 + n}` }));
  const service = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  const container = service.getContainerClient("dead-letters");
  await container.createIfNotExists();
  for (const half of [0, 8]) {
    const content = JSON.stringify(texts.slice(half, half + 8));
    await container.getBlockBlobClient(`SMSEVENTS/2026/11/20/9/${half}.json`).upload(content, content.length);
  }
  await app.host.runTimer("collectDeadLetters");
  const problems = await openProblems(app, "deadLetter");
  expect(problems).toHaveLength(2);

  const commit = ({ id }: (typeof problems)[number]) =>
    app.call("POST", `/api/problems/${id}/replay`, { commit: true }).then(
      ({ status }) => status,
      () => 0,
    );
  const answers = Promise.all(problems.map(commit));
  const archived = () => app.store.names("events", "sms/SMSReceived/");
  while ((await archived()).length < 2);
  app.host.kill();
  expect(await answers).not.toContain(200);
  await app.idle();
  for (const { id } of problems) {
    expect(await replay(app, id, { commit: true })).toMatchObject({ state: "resolved" });
  }
  await app.idle();
  expect(await archived()).toHaveLength(16);
  expect(new Set(app.acs.messages().map(({ to }) => to)).size).toBe(16);
  expect(app.acs.messages()).toHaveLength(16);
  expect(await openProblems(app, "deadLetter")).toEqual([]);
  await app.host.runTimer("collectDeadLetters");
  expect(await openProblems(app, "deadLetter")).toEqual([]);
});
