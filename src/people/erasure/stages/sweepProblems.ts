import { deleteRows } from "../../../storage/deleteRows.ts";
import { type AnyRow, walkTable } from "../../../storage/walkTable.ts";
import { isLater, names, textOfRow } from "../rowNames.ts";
import { count, textIsHeld, type Work } from "../work.ts";

/** Deletes problems that name the person: what is to be mended is gone, but for what is under a hold. */
export async function* sweepProblems(work: Work, cursor: string): AsyncGenerator<string> {
  for await (const { rows, next } of walkTable("problems", { token: cursor })) {
    const found = rows.filter(
      (row) => !isLater(work, row) && names(work.finder, row) && !textIsHeld(work, textOfRow(row)),
    );
    await deleteRows("problems", found.flatMap(bothRows));
    count(work, "problems", found.length);
    yield next;
  }
}

/** A problem is a row, and one that lists it. */
function bothRows({ partitionKey = "", rowKey = "", listed }: AnyRow) {
  const [hash = rowKey] = /[0-9a-f]{64}$/.exec(rowKey) ?? [];
  const keys = new Set([rowKey, hash, ...(typeof listed === "string" ? [listed] : [])]);
  return [...keys].map((key) => ({ partitionKey, rowKey: key }));
}
