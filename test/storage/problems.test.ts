import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type StorageFault, startStorageProxy } from "../../dev/azurite/startStorageProxy.ts";
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
import { emptyAzurite } from "../support/emptyAzurite.ts";

let azurite: Awaited<ReturnType<typeof emptyAzurite>>;
let store: ReturnType<typeof openStore>;
const proxy = await startStorageProxy();
beforeAll(async () => {
  azurite = await emptyAzurite();
  proxy.target = azurite.connectionString;
  process.env.AzureWebJobsStorage = proxy.connectionString;
  store = openStore(azurite.connectionString);
});
afterAll(async () => {
  proxy.close();
  await azurite.close();
});

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
  await Promise.all(Array.from({ length: 8 }, (_, n) => raise(n)));
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

const deeds = {
  raise: (problem: ReturnType<typeof another>) => raiseProblem({ ...problem, advice: "Look." }),
  raiseNew: (problem: ReturnType<typeof another>) => raiseProblem({ ...problem, advice: "Look." }, { isNew: true }),
  count: (problem: ReturnType<typeof another>) => raiseProblem({ ...problem, advice: "Look." }, { seen: 1 }),
  resolve: resolveProblem,
  dismiss: (problem: ReturnType<typeof another>) => dismissProblem(problemId(problem), { by: "ada", reason: "known" }),
  reopen: (problem: ReturnType<typeof another>) => reopenProblem(problemId(problem), "ada"),
};
const deed = fc.constantFrom(...(Object.keys(deeds) as (keyof typeof deeds)[]));

it("is in the one list of its state, and counted right, whoever does what at once", async () => {
  const rounds = fc.array(fc.array(deed, { maxLength: 4 }), { maxLength: 4 });
  const story = fc.asyncProperty(rounds, async (together) => {
    const problem = another();
    for (const round of together) await Promise.all(round.map((name) => deeds[name](problem)));
    const row = await readProblem(problemId(problem));
    expect(await listsOf(problemId(problem))).toEqual(row ? [row.state] : []);
    const counted = together.flat().filter((name) => name === "count").length;
    if (row?.count !== undefined) expect(row.count).toBe(counted);
  });
  await fc.assert(story, { numRuns: 30 });
});

it.for<StorageFault>(["lost", "closed"])("is counted once when a write is %s on its way", async (fault) => {
  const problem = another();
  for (let count = 1; count <= 2; count++) {
    let writes = 0;
    proxy.faults = ({ method }) => (method === "POST" && writes++ === 0 ? fault : "pass");
    await deeds.count(problem);
    proxy.faults = () => "pass";
    expect(await readProblem(problemId(problem))).toMatchObject({ state: "open", count });
    expect(await listsOf(problemId(problem))).toEqual(["open"]);
  }
});
