import { TableClient, type TransactionAction } from "@azure/data-tables";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startStorageProxy } from "../../dev/azurite/startStorageProxy.ts";
import { listProblems } from "../../src/storage/listProblems.ts";
import { problemKinds } from "../../src/storage/problemKinds.ts";
import { raiseProblem } from "../../src/storage/problems.ts";
import { emptyAzurite } from "../support/emptyAzurite.ts";

let azurite: Awaited<ReturnType<typeof emptyAzurite>>;
const proxy = await startStorageProxy();
beforeAll(async () => {
  azurite = await emptyAzurite();
  proxy.target = azurite.connectionString;
  process.env.AzureWebJobsStorage = proxy.connectionString;
});
afterAll(async () => {
  proxy.close();
  await azurite.close();
});

const page = { kinds: problemKinds, from: 0, to: Date.now() + 1e9, pageSize: 20 };

/** What it costs to list the problems of a state, and how many there are on the first page. */
async function costOf(state: "open" | "resolved"): Promise<{ calls: number; shown: number }> {
  let calls = 0;
  proxy.answered = () => calls++;
  const { value } = await listProblems({ ...page, state });
  return { calls, shown: value.length };
}

it("costs the same for ten thousand problems as for a hundred", async () => {
  await raiseProblem({ kind: "relayRefused", cause: "The first", advice: "", raw: "" });
  await fill(100);
  const before = await costOf("open");
  await fill(10_000);
  expect(await costOf("open")).toEqual(before);
  expect(before).toEqual({ calls: problemKinds.length, shown: 20 });
});

/** Lists so many problems more, as raiseProblem lists them, in transactions of their own. */
async function fill(count: number): Promise<void> {
  const table = TableClient.fromConnectionString(azurite.connectionString, "problems", {
    allowInsecureConnection: true,
  });
  const { partitionKey: _, rowKey = "", ...columns } = await listed(table);
  const size = 100;
  for (let done = 0; done < count; done += size) {
    const actions = Array.from({ length: size }, (_, n): TransactionAction => {
      const kind = problemKinds[(done / size) % problemKinds.length] ?? "";
      const place = `${rowKey.slice(0, -64)}${(done + n).toString(16).padStart(64, "0")}`;
      return ["upsert", { partitionKey: kind, rowKey: place, ...columns }, "Replace"];
    });
    await table.submitTransaction(actions);
  }
}

async function listed(table: TableClient): Promise<{ partitionKey?: string; rowKey?: string }> {
  for await (const row of table.listEntities({ queryOptions: { filter: "RowKey ge 'list_open'" } })) return row;
  return {};
}
