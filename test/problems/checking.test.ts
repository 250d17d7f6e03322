import { TableClient } from "@azure/data-tables";
import { afterAll, beforeAll, expect, it } from "vitest";
import { knowsMember } from "../../src/events/knowsMember.ts";
import { checkSettings } from "../../src/problems/checking/checkSettings.ts";
import { isGone } from "../../src/problems/checking/isGone.ts";
import { listFormerProblems } from "../../src/problems/checking/listFormerProblems.ts";
import { budgetIsLeft } from "../../src/sms/outbox/budgetIsLeft.ts";
import { put } from "../../src/storage/ledger.ts";
import { listProblems } from "../../src/storage/listProblems.ts";
import type { ProblemKind } from "../../src/storage/problemKinds.ts";
import type { ProblemState } from "../../src/storage/problemRows.ts";
import { raiseProblem, readProblem } from "../../src/storage/problems.ts";
import { emptyAzurite } from "../support/emptyAzurite.ts";

let azurite: Awaited<ReturnType<typeof emptyAzurite>>;
const before = { ...process.env };
beforeAll(async () => {
  azurite = await emptyAzurite();
  process.env.AzureWebJobsStorage = azurite.connectionString;
});
afterAll(async () => {
  process.env = before;
  await azurite.close();
});

const listed = async (kind: ProblemKind, state: ProblemState = "open") =>
  (await listProblems({ kinds: [kind], state, from: 0, to: Date.now() + 1000, pageSize: 10 })).value;

it("lists a problem that a version without lists raised, under its state", async () => {
  const hash = (digit: string) => digit.repeat(64);
  const table = TableClient.fromConnectionString(azurite.connectionString, "problems", {
    allowInsecureConnection: true,
  });
  await table.createTable();
  const seen = new Date(Date.now() - 86_400_000);
  const former = { partitionKey: "poisonedJob", cause: "sendOutbox gave up on a job", advice: "", raw: "{}" };
  for (const [digit, state] of [
    ["a", "open"],
    ["b", "resolved"],
  ] as const) {
    await table.createEntity({ ...former, rowKey: hash(digit), state, firstSeen: seen, lastSeen: seen });
  }
  for (let n = 0; n < 2; n++) await listFormerProblems(Date.now() + 60_000);
  expect(await listed("poisonedJob")).toMatchObject([{ id: `poisonedJob-${hash("a")}`, since: seen }]);
  expect(await listed("poisonedJob", "resolved")).toMatchObject([{ id: `poisonedJob-${hash("b")}` }]);
});

it("resolves the problem of a setting that was mended, and no other", async () => {
  process.env.RECORDING_WINDOW_HOURS = "a day";
  process.env.SMS_MAX_PER_DAY = "many";
  await checkSettings();
  expect((await listed("setting")).map(({ cause }) => cause).sort()).toEqual([
    "Setting RECORDING_WINDOW_HOURS cannot be used",
    "Setting SMS_MAX_PER_DAY cannot be used",
  ]);
  process.env.SMS_MAX_PER_DAY = "100";
  await checkSettings();
  expect(await listed("setting")).toMatchObject([{ cause: "Setting RECORDING_WINDOW_HOURS cannot be used" }]);
  expect(await listed("setting", "resolved")).toHaveLength(1);
});

it("has texts left on another day, and when more are allowed", async () => {
  const today = new Date().toISOString().slice(0, 10);
  process.env.SMS_MAX_PER_DAY = "100";
  await put(["budget", "sms", today], { spent: 100, recent: "[]" });
  expect([await budgetIsLeft(today), await budgetIsLeft("2026-01-01")]).toEqual([false, true]);
  process.env.SMS_MAX_PER_DAY = "101";
  expect(await budgetIsLeft(today)).toBe(true);
});

it.each([
  ["person-erasures", { erasure: "none", turn: 0 }, true],
  ["person-erasures", { erasure: "ended", turn: 7 }, true],
  ["person-erasures", { erasure: "running", turn: 1 }, true],
  // The job that the next turn needs may be the one that is lost.
  ["person-erasures", { erasure: "running", turn: 2 }, false],
  ["person-erasures", { erasure: "running", turn: 3 }, false],
  ["person-exports", { exportId: "none", part: 1 }, true],
  ["person-exports", { exportId: "ended", part: 3 }, true],
  ["person-exports", { exportId: "running", part: 1 }, true],
  ["person-exports", { exportId: "running", part: 2 }, false],
  ["person-exports", { exportId: "running", part: 3 }, false],
  ["sms-watches", { any: "job" }, false],
])("knows of a failed job of %s, %o, that its work is done after all: %s", async (queue, job, done) => {
  for (const [name, state] of [
    ["ended", "done"],
    ["running", "running"],
  ] as const) {
    await put(["erasure", name], { state, turn: 3 });
    await put(["personExport", name], { state, part: 3 });
  }
  const raw = JSON.stringify(job);
  await raiseProblem({ kind: "poisonedJob", cause: "A job", advice: "", raw, source: { queue, message: raw } });
  const problems = await Promise.all((await listed("poisonedJob")).map(({ id }) => readProblem(id)));
  const problem = problems.find((one) => one?.raw === raw);
  expect(problem && (await isGone.poisonedJob(problem))).toBe(done);
});

it("knows a member by its pointer, also within others", async () => {
  const known = ["/data/serverCallId", "/data/room/id", "/data/startedBy/communicationIdentifier/rawId"];
  expect(known.filter((pointer) => !knowsMember("CallStarted", pointer))).toEqual([]);
  const unknown = ["/data/roomName", "/data/room/mood", "/data", "/data/(no plain name)", "(further ones)", ""];
  expect(unknown.filter((pointer) => knowsMember("CallStarted", pointer))).toEqual([]);
  expect(knowsMember("RecordingFileStatusUpdated", "/data/recordingStorageInfo/recordingChunks/*/documentId")).toBe(
    true,
  );
  expect(knowsMember("RecordingFileStatusUpdated", "/data/recordingStorageInfo/recordingChunks/*/mood")).toBe(false);
  await raiseProblem({ kind: "unknownMember", cause: "A member", advice: "", raw: "CallStarted /data/serverCallId" });
  const [item] = await listed("unknownMember");
  const problem = await readProblem(item?.id ?? "");
  expect(problem && isGone.unknownMember(problem)).toBe(true);
});
