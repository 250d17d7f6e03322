import { deleteRows } from "../../../storage/deleteRows.ts";
import { walkTable } from "../../../storage/walkTable.ts";
import { isLater, names } from "../rowNames.ts";
import { count, type Work } from "../work.ts";

/** Deletes problems that name the person: what is to be mended is gone. */
export async function* sweepProblems(work: Work, cursor: string): AsyncGenerator<string> {
  for await (const { rows, next } of walkTable("problems", cursor)) {
    const found = rows.filter((row) => !isLater(work, row) && names(work.finder, row));
    await deleteRows(
      "problems",
      found.map(({ partitionKey = "", rowKey = "" }) => ({ partitionKey, rowKey })),
    );
    count(work, "rows", found.length);
    yield next;
  }
}
