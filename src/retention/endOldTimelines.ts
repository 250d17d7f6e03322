// RETENTION_TIMELINE_DAYS: events that stay in the archive, and are not found by what they name any more. Their rows in order of arrival stay,
// without what they say of the event; so a row of the ledger remembers up to which day this was done, and others what was held then.
import { families } from "../events/families.ts";
import { arrivedDays } from "../storage/arrivedDays.ts";
import { put, read, readAll, release, type WorkKey } from "../storage/ledger.ts";
import { arrivedRow } from "../storage/timeline.ts";
import { type ArrivedRow, walkArrived } from "../storage/walkArrived.ts";
import { endAll } from "./endAll.ts";
import { endTimeline } from "./endTimeline.ts";
import { isDown } from "./isDown.ts";
import type { Limit } from "./limits.ts";
import { readKept } from "./readKept.ts";
import { stripRow } from "./stripRow.ts";
import type { Outcome, Work } from "./work.ts";

type Slice = Parameters<typeof endAll>[2];

/** Both in milliseconds since 1970: days before `through` are done, and rows that came late before `late`. */
type Progress = { through: number; late: number };
const progressKey: WorkKey = ["retention", "timeline"];

/** What was held, or could not be ended, when its day was done. */
type KeptRow = { kind: string; blob: string; identity: string; storedAt: Date };
const keptPartition: WorkKey = ["retentionKept"];
const keptKey = (identity: string): WorkKey => ["retentionKept", identity];

const [hour, day] = [3_600_000, 86_400_000];

/** @returns whether all that is due was done */
export async function endOldTimelines(work: Work, { before }: Limit, slice: Slice): Promise<boolean> {
  const { through = 0, late = 0 } = (await read<Progress>(progressKey))?.row ?? {};
  const progress: Progress = { through, late };
  const end = (row: Pick<ArrivedRow, "kind" | "blob" | "rowKey" | "storedAt">) => endOrKeep(work, row);
  if (!(await endAll(keptOnes(), end, slice))) return false;
  for await (const first of arrivedDays(families, { from: progress.through, to: before })) {
    if (!(await endAll(walkArrived(families, { from: first, to: first + day }), end, slice))) return false;
    progress.through = first + day;
    await put(progressKey, progress);
  }
  // A redelivery or a replay writes all rows of an old event again.
  const [from, to] = [progress.late || progress.through, work.now.getTime() - hour];
  for await (const first of arrivedDays(["late"], { from, to })) {
    const span = { from: Math.max(first, from), to: Math.min(first + day, to) };
    if (!(await endAll(lateBetween(span, before), end, slice))) return false;
    progress.late = span.to;
    await put(progressKey, progress);
  }
  await put(progressKey, { ...progress, late: to });
  return true;
}

async function* lateBetween(span: { from: number; to: number }, before: number) {
  for await (const { of: kind = "", arrivedAt = "", ...row } of walkArrived(["late"], span)) {
    const storedAt = new Date(arrivedAt);
    if ((families as readonly string[]).includes(kind) && storedAt.getTime() < before) yield { ...row, kind, storedAt };
  }
}

async function* keptOnes() {
  for await (const { row } of readAll<KeptRow>(keptPartition)) yield { ...row, rowKey: `_${row.identity}` };
}

/** What cannot be ended is not lost: its day is done, and each pass tries it again. */
async function endOrKeep(work: Work, row: Parameters<typeof endOne>[1]): Promise<Outcome> {
  try {
    return await endOne(work, row);
  } catch (error) {
    const { kind, blob, rowKey, storedAt } = row;
    const identity = rowKey.slice(rowKey.indexOf("_") + 1);
    if (!isDown(error)) await put(keptKey(identity), { kind, blob, identity, storedAt });
    throw error;
  }
}

async function endOne(
  work: Work,
  { kind, blob, rowKey, storedAt }: Pick<ArrivedRow, "kind" | "blob" | "rowKey" | "storedAt">,
): Promise<Outcome> {
  const identity = rowKey.slice(rowKey.indexOf("_") + 1);
  const { event } = await readKept(blob);
  if (event && (await work.held()).ofEvent(event) !== undefined) {
    await put(keptKey(identity), { kind, blob, identity, storedAt });
    return "held";
  }
  if (event) {
    await endTimeline(event, blob, storedAt);
    const { partitionKey, rowKey: arrived } = arrivedRow(kind, storedAt, identity, {});
    await stripRow({ partitionKey, rowKey: arrived });
  }
  const kept = await read<KeptRow>(keptKey(identity));
  if (kept) await release(keptKey(identity), kept.etag);
  return "ended";
}
