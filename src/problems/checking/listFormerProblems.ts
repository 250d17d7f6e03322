import { put, read, type WorkKey } from "../../storage/ledger.ts";
import { listRows } from "../../storage/listRows.ts";
import { problemKinds } from "../../storage/problemKinds.ts";
import { listProblem } from "../../storage/problemRows.ts";

const done: WorkKey = ["done", "listFormerProblems"];

/** Lists the problems that an earlier version of the app raised, when there were no lists: once in the life of an account. */
export async function listFormerProblems(end: number): Promise<void> {
  if (await read(done)) return;
  for (const kind of problemKinds) {
    const rows = listRows<{ since?: Date }>("problems", `PartitionKey eq '${kind}' and RowKey lt 'g'`);
    for await (const { rowKey: hash = "", since } of rows) {
      if (Date.now() > end) return;
      if (since === undefined) await listProblem({ kind, hash });
    }
  }
  await put(done, { at: new Date() });
}
