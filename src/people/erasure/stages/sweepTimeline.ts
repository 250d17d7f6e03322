// Walks all of table `timeline` for rows that name the person: rows of events lead to their event, others go. So also what is in no
// timeline of the person is found: a number in somebody else's text.
import { deleteRows, type RowKey } from "../../../storage/deleteRows.ts";
import { type AnyRow, walkTable } from "../../../storage/walkTable.ts";
import { eraseEvents } from "../eraseEvents.ts";
import { redactRow } from "../redactRow.ts";
import { isLater, names, readRow, textOfRow } from "../rowNames.ts";
import { count, textIsHeld, type Work } from "../work.ts";

/** Events that are dealt with together. */
const atOnce = 32;

/** A summary that is cut or that shows only the plain members may hide more: such events are looked into. */
const surelyWhole = 900;

export async function* sweepTimeline(work: Work, cursor: string): AsyncGenerator<string> {
  for await (const { rows, next } of walkTable("timeline", { token: cursor })) {
    const found = rows.filter(
      (row) => !isLater(work, row) && (names(work.finder, row) || mayHide(row) || wasDone(work, row)),
    );
    for (let at = 0; at < found.length; at += atOnce) await sweep(work, found.slice(at, at + atOnce));
    yield next;
  }
}

/** Of each event the row in order of arrival is enough; it is all that RETENTION_TIMELINE_DAYS leaves, and says nothing (`stripped`). */
function mayHide({ partitionKey = "", summary = "", type, blob, stripped }: AnyRow): boolean {
  if (!partitionKey.startsWith("arrived:") || !isOfEvent(partitionKey) || !blob) return false;
  const hidden = partitionKey.startsWith("arrived:router:") || type === "IncomingCall" || stripped === true;
  return hidden || String(summary).length >= surelyWhole;
}

/** Whether a row's blob is one of container `events`. */
const isOfEvent = (partitionKey: string) => !/^arrived:(quarantine|recordingFile|late):/.test(partitionKey);

async function sweep(work: Work, rows: readonly AnyRow[]): Promise<void> {
  const events = rows.filter(({ partitionKey = "", blob }) => blob && isOfEvent(partitionKey));
  const outcomes = await eraseEvents(
    work,
    events.map(({ blob }) => String(blob)),
  );
  for (const row of rows) {
    if (!names(work.finder, row) && wasDone(work, row) === undefined) continue;
    const outcome = events.includes(row) ? outcomes.get(String(row.blob)) : "none";
    if (outcome === "held" || outcome === "unreadable" || outcome === "later") continue;
    if (outcome === "none" && textIsHeld(work, textOfRow(row))) continue;
    await clear(work, row);
  }
}

/** What the erasure that is applied again did with the event of a row: a restore of the tables may have brought the row back. */
function wasDone({ listed }: Work, { blob, partitionKey = "" }: AnyRow) {
  return typeof blob === "string" && isOfEvent(partitionKey) ? listed?.get(blob) : undefined;
}

/** Whether a row is one of an event as it was before: one of a redacted event that tells what it is now was just written anew. */
function tellsWhatWas(work: Work, now: AnyRow, { etag }: AnyRow): boolean {
  const done = wasDone(work, now);
  if (done !== "redacted") return done === "erased";
  return now.etag === etag && /^transcript:/.test(now.partitionKey ?? "") && /^[fc]_/.test(now.rowKey ?? "");
}

/** Takes away what still names the person of a row: the row, or of one that has another meaning the words. */
async function clear(work: Work, row: AnyRow): Promise<void> {
  const key: RowKey = { partitionKey: row.partitionKey ?? "", rowKey: row.rowKey ?? "" };
  const now = await readRow("timeline", key);
  if (now && tellsWhatWas(work, now, row)) return deleteRows("timeline", [key]);
  if (!now || !names(work.finder, now)) return;
  const isOfRecording = key.partitionKey.startsWith("recording:") || key.partitionKey.startsWith("call:");
  if (isOfRecording && !now.blob && !work.finder.findsInKey(key.partitionKey))
    await redactRow("timeline", now, work.finder);
  else await deleteRows("timeline", [key]);
  count(work, "rows");
}
