// What was refused or given up comes in once its cause is mended: by the API, after a restart with other settings, and by the command.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CallAutomationClient } from "@azure/communication-call-automation";
import { QueueClient } from "@azure/storage-queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { previewCallbacks } from "../../src/events/call/callAutomation.ts";
import { startSink } from "../acsSimulator/startSink.ts";
import { cloudEvent, eventGridEvent, topic } from "../fixtures/eventFixtures.ts";
import { callActions, contextOf, incomingCallEvent } from "../support/incomingCall.ts";
import { openProblems, replay } from "../support/replay.ts";
import { type App, startApp } from "../support/startApp.ts";
import { pascalCaseText, textEvent } from "../support/textEvent.ts";
import { writeConfig } from "../support/writeConfig.ts";

let app: App;
let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "acs-events-replay-"));
  // Nobody thought of the second resource, and AUTO_REPLY has a typo: what is refused, and what is given up.
  app = await startApp({ ALLOWED_TOPICS: topic, AUTO_REPLY: "onn" }, { data });
  const foreign = { topic: `${topic}-2` };
  const text = (id: string, from: string, more: object = {}) => ({ ...textEvent(id, { from, ...more }), ...foreign });
  const old = new Date(Date.now() - 3 * 3_600_000).toISOString();
  const shapes = [
    text("two-shapes", "+14255550161"),
    pascalCaseText("two-shapes", "two-shapes-2", { from: "+14255550161" }),
  ];
  await app.post("sms", [
    ...shapes.map((event) => ({ ...event, ...foreign })),
    text("late", "+14255550162", { receivedTimestamp: old }),
  ]);
  await app.post("incomingCall", [{ ...incomingCallEvent("rang"), ...foreign }]);
  await app.publish([textEvent("given-up", { from: "+14255550163" })]);
  expect(await openProblems(app, "poisonedJob")).toHaveLength(1);
  await app.close();
  app = await startApp({}, { data });
  await writeConfig(app, "incoming-calls.json", { rules: [{ answer: true }] });
});
afterAll(async () => {
  await app?.close();
  await rm(data, { recursive: true, force: true });
});

const sentTo = (number: string) => app.acs.messages().filter(({ to }) => to === number);

/** The quarantined event of an id. */
async function problemOf(eventId: string): Promise<string> {
  for (const { id, link } of await openProblems(app, "quarantinedEvent")) {
    const shown = JSON.stringify(await (await app.get(String(link))).json());
    if (shown.includes(`/${eventId}.`)) return String(id);
  }
  throw new Error(`No open problem is about ${eventId}.`);
}

async function commit(id: string) {
  const answer = await replay(app, id, { commit: true });
  await app.idle();
  return answer;
}

describe("after the setting was mended", () => {
  it("a text that came in two shapes is archived twice and answered once", async () => {
    const ids = [await problemOf("two-shapes"), await problemOf("two-shapes-2")];
    const answers = await Promise.all(ids.map(commit));
    expect(answers.map(({ state, result }) => [state, result])).toEqual(Array(2).fill(["resolved", "1 accepted"]));
    expect(await app.store.archived("two-shapes")).toHaveLength(1);
    expect(await app.store.archived("two-shapes-2")).toHaveLength(1);
    expect(sentTo("+14255550161")).toHaveLength(1);
  });

  it("a text of three hours ago is kept and not answered", async () => {
    const id = await problemOf("late");
    const dry = await replay(app, id);
    expect(dry.events?.[0]?.jobs).toEqual([
      { queue: "sms-replies", done: false, says: "no answer: the text came too late" },
    ]);
    await commit(id);
    expect(sentTo("+14255550162")).toEqual([]);
    expect((await replay(app, id)).events).toMatchObject([{ outcome: "done", jobs: [{ done: true }] }]);
  });

  it("a call that rang is recorded, and nobody answers it", async () => {
    const [problem] = (await openProblems(app, "quarantinedEvent")).filter(({ advice }) =>
      String(advice).includes("TOPIC"),
    );
    expect(await commit(String(problem?.id))).toMatchObject({
      result: "1 accepted",
      events: [{ type: "IncomingCall" }],
    });
    expect(await callActions(app, "rang")).toEqual([]);
    expect(await openProblems(app, "quarantinedEvent")).toEqual([]);
  });

  it("a job that was given up does its work once, however often it is put back", async () => {
    const [problem] = await openProblems(app, "poisonedJob");
    const id = String(problem?.id);
    expect(await replay(app, id)).toMatchObject({ state: "open", job: { queue: "sms-replies", done: false } });
    await Promise.all([commit(id), commit(id)]);
    expect(await commit(id)).toMatchObject({ state: "resolved", result: "already replayed, or done" });
    expect(sentTo("+14255550163")).toHaveLength(1);
    expect(await openProblems(app, "poisonedJob")).toEqual([]);
  });
});

describe("a job", () => {
  const poison = async (queue: string, job: unknown) => {
    const client = new QueueClient(app.addresses.storageConnectionString, `${queue}-poison`);
    await client.createIfNotExists();
    await client.sendMessage(Buffer.from(JSON.stringify(job)).toString("base64"));
    await app.idle();
    const [problem, ...others] = await openProblems(app, "poisonedJob");
    expect(others).toEqual([]);
    return String(problem?.id);
  };

  it("whose work was done meanwhile is not put back", async () => {
    const event = (await app.store.names("events")).find((name) => name.includes("/given-up."));
    expect(await commit(await poison("sms-replies", { event }))).toMatchObject({
      ...{ state: "resolved", result: "already done" },
      job: { says: expect.stringMatching(/^already (sent|delivered)$/) },
    });
  });

  it("whose work was done meanwhile is no problem any more at the next check, and any other still is", async () => {
    const event = (await app.store.names("events")).find((name) => name.includes("/given-up."));
    await poison("sms-replies", { event });
    await app.host.runTimer("checkProblems");
    expect(await openProblems(app, "poisonedJob")).toEqual([]);
    const id = await poison("recording-downloads", "words");
    await app.host.runTimer("checkProblems");
    expect((await openProblems(app, "poisonedJob")).map((problem) => problem.id)).toEqual([id]);
    await app.call("POST", `/api/problems/${id}/dismiss`, { reason: "made up" });
  });

  it("that fails again is a problem again", async () => {
    const id = await poison("sms-replies", { event: "sms/SMSReceived/2026/11/20/nothing.json" });
    expect(await commit(id)).toMatchObject({ job: { says: "its event is not in the archive" } });
    expect((await openProblems(app, "poisonedJob")).map((problem) => problem.id)).toEqual([id]);
    await app.call("POST", `/api/problems/${id}/dismiss`, { reason: "made up" });
  });

  it("that is none is not put back", async () => {
    const id = await poison("recording-downloads", "text");
    expect(await commit(id)).toMatchObject({ state: "open", result: "not put back" });
    await app.call("POST", `/api/problems/${id}/dismiss`, { reason: "made up" });
  });
});

it("takes in what a callback's door refused, and the previews of 2021 with it, each type", async () => {
  const sink = await startSink();
  const options = { allowInsecureConnection: true };
  await new CallAutomationClient(app.addresses.acsConnectionString, options).answerCall(contextOf("token"), sink.url);
  await app.acs.idle();
  await sink.close();
  const headers = { authorization: sink.posts[0]?.headers.authorization ?? "" };
  const ids = previewCallbacks.map(({ name }) => `preview-${name}`);
  const previews = previewCallbacks.map(({ name }) => cloudEvent(name, undefined, { id: `preview-${name}` }));
  const sent = previews.map((event) => ({ ...event, source: topic }));
  await app.call("POST", "/api/callbacks/calls", sent, { headers });
  await app.call("POST", "/api/callbacks/recording", [{ ...cloudEvent("CallStarted", undefined, { id: "astray" }) }], {
    headers,
  });
  expect(await openProblems(app, "quarantinedEvent")).toHaveLength(ids.length + 1);
  for (const id of [...ids, "astray"]) {
    expect(await commit(await problemOf(id)), id).toMatchObject({ state: "resolved", result: "1 accepted" });
  }
  for (const [place, id] of ids.entries()) expect(await app.store.archived(id)).toEqual([sent[place]]);
});

it("says what it cannot replay, and why", async () => {
  const ask = async (id: string, body: object = {}) => {
    const answer = await app.call("POST", `/api/problems/${id}/replay`, body);
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  expect(await ask(`poisonedJob-${"0".repeat(64)}`)).toEqual([404, "ACS_EVENTS_UNKNOWN_PROBLEM"]);
  expect(await ask("nothing")).toEqual([404, "ACS_EVENTS_UNKNOWN_PROBLEM"]);
  expect(await ask("nothing", { comit: true })).toEqual([400, "ACS_EVENTS_BAD_REQUEST"]);
  await writeConfig(app, "auto-replies.json", "{");
  await app.publish([textEvent("reads-config", { from: "+14255550164" })]);
  const [config] = await openProblems(app, "configDocument");
  expect(await ask(String(config?.id))).toEqual([409, "ACS_EVENTS_NOT_REPLAYABLE"]);
  await app.post("sms", [eventGridEvent("SMSReceived", { from: "1" }, { id: "broken" })]);
  const [broken] = await openProblems(app, "quarantinedEvent");
  expect(await commit(String(broken?.id))).toMatchObject({ state: "open", result: "1 refused" });
  expect(await app.store.quarantined("broken")).toHaveLength(1);
});
