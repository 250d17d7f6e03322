// `npm run replay`, as an owner runs it from the command line.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text as readAll } from "node:stream/consumers";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it } from "vitest";
import { replayCommand } from "../../scripts/replayCommand.ts";
import { noteRefused } from "../../src/intake/noteRefused.ts";
import { type Place, replayBlob } from "../../src/problems/replay/replayBlob.ts";
import { replayUnknownType } from "../../src/problems/replay/replayUnknownType.ts";
import { problemId } from "../../src/storage/problems.ts";
import { quarantine } from "../../src/storage/quarantine.ts";
import { quarantineProblem } from "../../src/storage/quarantineProblem.ts";
import { cloudEvent, eventGridEvent, topic } from "../fixtures/eventFixtures.ts";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { openProblems, replay } from "../support/replay.ts";
import { inRepository } from "../support/repository.ts";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

/** The topic of delivery reports: the app takes no other, and the command takes that of the other events too. */
const ofSimulator =
  "/subscriptions/5d0c3f5e-0000-4000-8000-000000000000/resourcegroups/local/providers/microsoft.communication/communicationservices/acs-simulator";
const bothTopics = { ALLOWED_TOPICS: `${topic},${ofSimulator}` };

let app: App;
beforeAll(async () => {
  app = await startApp({ ALLOWED_TOPICS: ofSimulator });
  process.env.AzureWebJobsStorage = app.addresses.storageConnectionString;
});
afterAll(() => app?.close());

const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const sentTo = (number: string) => app.acs.messages().filter(({ to }) => to === number);

const key = { HASH_KEY: "a key of the app's own, made for tests" };
const words = (args: string) => args.split(" ").filter(Boolean);

/** Runs the command within this process, and waits until the app has done what follows. */
async function command(args: string, env: Record<string, string> = bothTopics) {
  Object.assign(process.env, { AUTO_REPLY: "on", ALLOWED_TOPICS: "", ...key, ...env });
  const [lines, errors]: [string[], string[]] = [[], []];
  const status = await replayCommand(words(args), {
    out: (line) => lines.push(line),
    err: (line) => errors.push(line),
  });
  await app.idle();
  return { status, lines, err: errors.join("\n") };
}

/** Runs it as an owner does. */
async function spawned(args: string) {
  const child = spawn(process.execPath, ["scripts/replay.ts", ...words(args)], {
    cwd: inRepository(""),
    env: { ...process.env, ...key, ...bothTopics, AUTO_REPLY: "off" },
  });
  const [out, [status]] = await Promise.all([readAll(child.stdout), once(child, "exit")]);
  await app.idle();
  return { status: status as number | null, lines: out.trim().split("\n") };
}

it("says what it wants", async () => {
  for (const args of [
    "",
    "--from yesterday",
    `--from ${day} --family texts`,
    `--from ${day} --source events`,
    "--form x",
  ]) {
    expect(await command(args), args).toMatchObject({
      status: 2,
      err: expect.stringContaining("Usage: npm run replay"),
    });
  }
});

const from = "+14255550171";

it("goes by the settings that it is given, and does not go where the app would not", async () => {
  await app.post("sms", [textEvent("first", { from })]);
  const dry = `--from ${day}`;
  const noTopics = await command(dry, {});
  expect(noTopics).toMatchObject({
    status: 1,
    lines: [expect.any(String), expect.any(String), "It would be: 1 refused"],
  });
  expect(noTopics.lines[1]).toContain("set ALLOWED_TOPICS as the app has it");
  const noKey = await command(dry, { ...bothTopics, HASH_KEY: "" });
  expect([noKey.status, noKey.lines[1]]).toEqual([1, expect.stringContaining("set HASH_KEY as the app has it")]);
});

it("writes nothing without --commit", async () => {
  const rows = await app.store.rows("timeline");
  const { status, lines } = await command(`--from ${day}`);
  expect([status, lines.at(-1)]).toEqual([0, "It would be: 1 accepted"]);
  expect(lines[1]).toMatch(
    /^accepted {2}quarantine\/sms\/.*first.* {2}SMSReceived {2}sms-replies: the rules decide on an answer$/,
  );
  expect(lines.join()).not.toContain(from);
  expect([await app.store.names("events"), await app.store.rows("timeline")]).toEqual([[], rows]);
  expect(await openProblems(app, "quarantinedEvent")).toHaveLength(1);
  for (const none of ["--family chat", "--type SMSDeliveryReportReceived", "--source archive", `--to ${day}`]) {
    expect((await command(`--from ${day} ${none}`)).lines.at(-1), none).toBe("It would be: no events");
  }
});

it("has the app do the work once, however often it runs, and keeps on record who asked and why", async () => {
  const [problem] = await openProblems(app, "quarantinedEvent");
  const both = [
    spawned(`--from ${day} --commit --reason mended`),
    command(`--from ${day} --type smsreceived --commit`),
  ];
  expect((await Promise.all(both)).map(({ status }) => status)).toEqual([0, 0]);
  expect(await command(`--from ${day} --commit`)).toMatchObject({ status: 0, lines: ["Replaying.", "1 done"] });
  expect(sentTo(from)).toHaveLength(1);
  const [shown, runs] = [await app.store.ledger(`replay:${problem?.id}`), await app.store.ledger("replay:span")];
  const by = expect.stringContaining("npm run replay");
  expect(shown).toContainEqual(expect.objectContaining({ by, result: "1 accepted" }));
  expect(runs).toHaveLength(3);
  expect(runs.map(({ reason }) => reason)).toContain("mended");
  expect(runs[0]).toMatchObject({ by, asked: `--from ${day} --commit`, result: "1 done" });
  expect((await openProblems(app, "quarantinedEvent")).map(({ id }) => id)).not.toContain(problem?.id);
});

it("fetches and answers nothing again when all of the archive is replayed", async () => {
  const { chunk } = await addChunk(app, 0, { documentId: "once" });
  await app.post("recording", [recordingEvent("once", [chunk])]);
  await command(`--from ${day} --family recording --commit`);
  const end = async () => ({
    manifest: await app.store.manifest("once"),
    chunks: (await app.store.ledger("recording:once")).filter(({ rowKey }) => rowKey.startsWith("chunk")),
    messages: app.acs.messages(),
  });
  const before = await end();
  expect(before.manifest?.state).toBe("complete");
  const { status, lines } = await command(`--from ${day} --source archive --commit`);
  expect([status, lines]).toEqual([0, ["Replaying.", "3 done"]]);
  expect(await end()).toEqual(before);
});

it("takes part of a delivery that was given up, which then stays on the list", async () => {
  const letters = [
    textEvent("letter", { from: "+14255550172" }),
    eventGridEvent("ChatThreadCreated", undefined, { id: "letter-2" }),
  ];
  const client = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString).getContainerClient(
    "dead-letters",
  );
  await client.createIfNotExists();
  const folder = new Date().toISOString().slice(0, 13).split(/[-T]/).map(Number).join("/");
  const content = JSON.stringify(letters);
  await client.getBlockBlobClient(`SMSEVENTS/${folder}/a.json`).upload(content, content.length);
  await app.host.runTimer("collectDeadLetters");
  // With no time at all each call looks at one event, from where the last one stopped.
  const look = (from?: Place) =>
    replayBlob("dead-letters", `SMSEVENTS/${folder}/a.json`, { commit: false, end: 0, from });
  const first = await look();
  expect([first.events.length, first.left, first.next]).toEqual([1, true, { index: 1, of: 2 }]);
  expect([(await look(first.next)).events[0]?.type, (await look(first.next)).next]).toEqual([
    "ChatThreadCreated",
    undefined,
  ]);
  const part = await command(`--from ${day} --source deadletters --type SMSReceived --commit`);
  expect([part.status, part.lines.at(-1)]).toEqual([0, "1 accepted"]);
  expect(sentTo("+14255550172")).toHaveLength(1);
  expect(await openProblems(app, "deadLetter")).toHaveLength(1);
  const rest = await command(`--from ${day} --source deadletters --commit`);
  expect([rest.status, rest.lines.at(-1)]).toEqual([0, "1 done, 1 accepted"]);
  expect(await openProblems(app, "deadLetter")).toEqual([]);
});

it("asks a callback for no topic, as its door does, unless it came by another door", async () => {
  const missing = { code: "ACS_EVENTS_MISSING", pointer: "/data", expected: "a value", found: "nothing" } as const;
  const foreign = { ...missing, code: "ACS_EVENTS_TOPIC_NOT_ALLOWED", pointer: "/source" } as const;
  for (const [id, reasons] of [
    ["callback", [missing]],
    ["forged", [foreign]],
  ] as const) {
    const raw = cloudEvent("CallConnected", undefined, { id, source: "calling/callConnections/1" });
    await noteRefused(reasons, await quarantine(raw, "call", reasons));
  }
  const { lines } = await command(`--from ${day} --type CallConnected --commit`);
  expect(lines.at(-1)?.split(", ").sort()).toEqual(["1 accepted", "1 refused"]);
  expect([(await app.store.archived("callback")).length, await app.store.archived("forged")]).toEqual([1, []]);
  expect(lines.find((line) => line.includes("forged"))).toContain("ACS_EVENTS_TOPIC_NOT_ALLOWED");
});

it("leaves alone what somebody dismissed, unless it is asked for", async () => {
  const topic = { topic: ofSimulator };
  const raw = eventGridEvent("ChatThreadPropertiesUpdated", undefined, { id: "dismissed", ...topic });
  const reasons = [{ code: "ACS_EVENTS_MISSING", pointer: "/data", expected: "a value", found: "nothing" } as const];
  const written = await quarantine(raw, "chat", reasons);
  await noteRefused(reasons, written);
  await app.call("POST", `/api/problems/${problemId(quarantineProblem(written.blob))}/dismiss`, { reason: "a test" });
  const args = `--from ${day} --family chat --commit`;
  const first = await command(args);
  expect([first.status, first.lines.slice(1)]).toEqual([
    0,
    [expect.stringMatching(/^dismissed quarantine\/chat\//), "no events"],
  ]);
  expect((await command(`${args} --dismissed`)).lines.at(-1)).toBe("1 accepted");
});

it("takes in all events of a type that an earlier version did not know, by their one problem", async () => {
  const names = ["ChatThreadCreated", "ChatThreadCreated", "ChatThreadInvented", "ChatThreadDeleted"];
  for (const [index, type] of names.entries()) {
    const event = eventGridEvent("ChatThreadCreated", undefined, { id: `new-${index}`, topic: ofSimulator });
    const raw = { ...event, eventType: `Microsoft.Communication.${type}` };
    const found = `Microsoft.Communication.${type}`;
    const reasons = [
      { code: "ACS_EVENTS_UNKNOWN_TYPE", pointer: "/eventType", expected: "a known event type", found } as const,
    ];
    await noteRefused(reasons, await quarantine(raw, "chat", reasons));
  }
  const problems = await openProblems(app, "unknownEventType");
  const idOf = (type: string) => problems.find(({ cause }) => String(cause).endsWith(type))?.id;
  const known = idOf("ChatThreadCreated");
  expect(await replay(app, known)).toMatchObject({ state: "open", result: "2 accepted" });
  const times = { from: Date.now(), end: 0, commit: true };
  let begun = await replayUnknownType("Microsoft.Communication.ChatThreadCreated", times);
  // Each looks at one event, also of another type, and goes on behind it.
  for (let looked = 1; begun.tally.text() === "no events"; looked++) {
    expect([begun.more, looked]).toEqual([true, expect.toSatisfy((count: number) => count < 50)]);
    begun = await replayUnknownType("Microsoft.Communication.ChatThreadCreated", times);
  }
  expect([begun.more, begun.tally.text()]).toEqual([true, "1 accepted"]);
  // The next one goes on there, and at last looks at what may have come since.
  const result = "1 accepted, 2 done";
  expect(await replay(app, known, { commit: true })).toMatchObject({ state: "resolved", result });
  expect(await replay(app, known, { commit: true })).toMatchObject({ state: "resolved", result: "2 done" });
  expect(await app.store.archived("new-1")).toHaveLength(1);
  const all = await command(`--from ${day} --type ChatThreadDeleted --commit`);
  expect([all.status, all.lines.at(-1)]).toEqual([0, "1 accepted"]);
  const left = (await openProblems(app, "unknownEventType")).map(({ id }) => id);
  expect(left).toEqual([idOf("ChatThreadInvented")]);
  const unknown = await replay(app, idOf("ChatThreadInvented"), { commit: true });
  expect(unknown).toMatchObject({ state: "open", result: "this version of the app does not know the type" });
});
