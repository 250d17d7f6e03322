import { afterAll, beforeAll, expect, it } from "vitest";
import { startAzurite } from "../../dev/azurite/startAzurite.ts";
import { openStore } from "../../dev/stack/store.ts";
import { sourceOf } from "../../src/storage/problemSource.ts";
import {
  dismissProblem,
  problemId,
  raiseProblem,
  readProblem,
  reopenProblem,
  resolveProblem,
} from "../../src/storage/problems.ts";

let azurite: Awaited<ReturnType<typeof startAzurite>>;
let store: ReturnType<typeof openStore>;
beforeAll(async () => {
  azurite = await startAzurite();
  process.env.AzureWebJobsStorage = azurite.connectionString;
  store = openStore(azurite.connectionString);
});
afterAll(() => azurite.close());

let count = 0;
const another = () => ({ kind: "relayRefused", cause: "An address answered 404", raw: `blob-${++count}` }) as const;

/** In which lists a problem is. */
async function listsOf(id: string): Promise<string[]> {
  const hash = id.split("-")[1] ?? "";
  const rows = await store.rows("problems", `PartitionKey eq '${id.split("-")[0]}' and RowKey ge 'list_'`);
  return rows.filter(({ rowKey }) => rowKey.endsWith(hash)).map(({ rowKey }) => rowKey.split("_")[1] ?? "");
}

it("is one problem in one list, however often and at once it is raised", async () => {
  const problem = another();
  const raise = (n: number) => raiseProblem({ ...problem, advice: `Look, ${n}.` });
  await Promise.all(Array.from({ length: 20 }, (_, n) => raise(n)));
  const id = problemId(problem);
  expect(await readProblem(id)).toMatchObject({ ...problem, state: "open" });
  expect(await listsOf(id)).toEqual(["open"]);
});

it("is resolved when its cause is gone, and opens when it comes back", async () => {
  const problem = another();
  const id = problemId(problem);
  await resolveProblem(problem);
  expect(await readProblem(id)).toBeUndefined();
  for (let n = 0; n < 2; n++) {
    await raiseProblem({ ...problem, advice: "Look." });
    expect([(await readProblem(id))?.state, await listsOf(id)]).toEqual(["open", ["open"]]);
    await Promise.all([resolveProblem(problem), resolveProblem(id)]);
    expect([(await readProblem(id))?.state, await listsOf(id)]).toEqual(["resolved", ["resolved"]]);
  }
});

it("stays dismissed when it is raised again, until its cause was gone", async () => {
  const problem = another();
  const id = problemId(problem);
  await raiseProblem({ ...problem, advice: "Look." });
  await dismissProblem(id, { by: "ada", reason: "known" });
  await dismissProblem(id, { by: "bob", reason: "me too" });
  await raiseProblem({ ...problem, advice: "Look again." });
  const dismissed = { state: "dismissed", dismissedBy: "ada", dismissedReason: "known", advice: "Look again." };
  expect([await readProblem(id), await listsOf(id)]).toEqual([expect.objectContaining(dismissed), ["dismissed"]]);
  expect((await reopenProblem(id, "ada"))?.state).toBe("open");
  await dismissProblem(id, { by: "ada", reason: "known" });
  await resolveProblem(problem);
  await raiseProblem({ ...problem, advice: "Look." });
  expect([(await readProblem(id))?.state, await listsOf(id)]).toEqual(["open", ["open"]]);
});

it("keeps a job whole, whatever is in it", async () => {
  const problem = another();
  const message = JSON.stringify({ text: `\u2028\u2029\ud800"'\r\n${"é".repeat(40_000)}` });
  await raiseProblem({ ...problem, raw: message, advice: "\u2028", source: { queue: "sms-sends", message } });
  const row = await readProblem(problemId({ ...problem, raw: message }));
  expect(JSON.parse(JSON.stringify(row && sourceOf(row)))).toEqual({
    queue: "sms-sends",
    message: message.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
  });
});
