import { rememberErased } from "../../../sms/outbox/erasedText.ts";
import { deleteRows } from "../../../storage/deleteRows.ts";
import { type AnyRow, walkTable } from "../../../storage/walkTable.ts";
import { holdOfRecording } from "../holdOfRecording.ts";
import { redactRow } from "../redactRow.ts";
import { isLater, names, namesInKeys, textOfRow } from "../rowNames.ts";
import { count, keep, textIsHeld, type Work } from "../work.ts";

/** Partitions that are about no person, or that must outlive one. `erasure` and `erasing` are the work itself. */
const left = /^(hold|secret|ourNumber|optOut|erasedText|erasure|erasureOf|erasing|erasingRows)(:|$)/;

/** Partitions whose rows mean nothing without whom a column names. */
const ofPeople = /^(sentText|textEnds|holdLog)(:|$)/;

/** Walks all of table `ledger` for rows that name the person: those about the person go, others lose the words. */
export async function* sweepLedger(work: Work, cursor: string): AsyncGenerator<string> {
  for await (const { rows, next } of walkTable("ledger", { token: cursor })) {
    for (const row of rows) {
      if (left.test(row.partitionKey ?? "") || isLater(work, row) || !names(work.finder, row)) continue;
      if (await isHeld(work, row)) continue;
      await clear(work, row);
    }
    yield next;
  }
}

async function clear(work: Work, row: AnyRow): Promise<void> {
  const { partitionKey = "", rowKey = "" } = row;
  const key = namesInKeys(work.finder, row);
  if (key && partitionKey.startsWith("outbox:")) await rememberErased(rowKey);
  if (key || ofPeople.test(partitionKey)) await deleteRows("ledger", [{ partitionKey, rowKey }]);
  else await redactRow("ledger", row, work.finder);
  count(work, "rows");
}

/** Whether a row is about something under a hold. Two names that were parted are about no more than these. */
async function isHeld(work: Work, row: AnyRow): Promise<boolean> {
  const { partitionKey = "" } = row;
  if (!work.held.any || partitionKey.startsWith("personAlias:")) return false;
  if (textIsHeld(work, textOfRow(row))) return true;
  const [, recordingId] = /^recording:(.*)$/.exec(partitionKey) ?? [];
  const hold = recordingId === undefined ? undefined : await holdOfRecording(work, recordingId);
  if (hold !== undefined) keep(work, hold);
  return hold !== undefined;
}
