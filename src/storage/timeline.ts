// Table `timeline`, the read model: one row per entity that an event names, sorted by event time, and one in order of
// arrival. Rows are derived from the event alone, so writing them again changes nothing and order of arrival means nothing.
import type { AcsEvent } from "../events/acsEvent.ts";
import { columnJson } from "./columnJson.ts";
import { isWritten } from "./isWritten.ts";
import { tableKey } from "./keys.ts";
import { newestFirst } from "./newestFirst.ts";
import { type Row, rowWriter } from "./rowWriter.ts";
import { table } from "./tables.ts";
import type { Written } from "./writeOnce.ts";

/** Rows of one day and kind are spread over this many partitions: a partition takes 2,000 writes a second. */
export const shards = 16;

/** With what the row keys of events begin that have no time: they sort first. */
export const undated = "0000-00-00T00:00:00.0000000Z";

/** Indexes an archived event under each entity that it names, and in order of arrival. */
export async function index(event: AcsEvent, written: Written): Promise<void> {
  const columns = columnsOf(event, written.blob);
  await Promise.all([
    putRows(event.entities.map((entity) => ({ partitionKey: tableKey(entity), rowKey: rowKeyOf(event), ...columns }))),
    putArrived(event.family, event.identity, written, columns),
  ]);
}

/** Indexes an archived event under a name besides its entities. */
export function indexUnder(name: string, event: AcsEvent, blob: string): Promise<void> {
  return putRows([{ partitionKey: tableKey(name), rowKey: rowKeyOf(event), ...columnsOf(event, blob) }]);
}

/** The row key of an event in every timeline that it is in. */
export function rowKeyOf({ time, identity }: AcsEvent): string {
  return `${time ?? undated}_${identity}`;
}

function columnsOf(event: AcsEvent, blob: string) {
  return {
    blob,
    type: event.name,
    family: event.family,
    ...(event.time === null ? {} : { time: event.time }),
    summary: columnJson(event.summary),
    ...(event.warnings.length > 0
      ? { warnings: columnJson(event.warnings.map((warning) => warning.slice(0, 200)).slice(-20)) }
      : {}),
  };
}

/** The row that lists, seals, exports and replays walk: `arrived:{kind}:{day}:{shard}`, newest first. */
export function arrivedRow(
  kind: string,
  storedAt: Date,
  identity: string,
  columns: Readonly<Record<string, string>>,
): Row {
  const shard = Number.parseInt(identity.slice(0, 8), 16) % shards;
  const day = storedAt.toISOString().slice(0, 10);
  return {
    partitionKey: `arrived:${kind}:${day}:${shard}`,
    rowKey: `${newestFirst(storedAt.getTime())}_${identity}`,
    ...columns,
  };
}

/** A row that comes so long (ms) after its blob may stand in an hour that is sealed already. */
const late = 5 * 60_000;

/**
 * Indexes what was kept, in order of arrival. A row that comes late is announced under kind `late`, by the time at which it comes, so that
 * a seal finds it: after a crash, a redelivery writes the row of a blob that is hours old. The announcement is first, because a row
 * without it would be in no seal. A row that is there already is announced when it is not as it was: what retention took out of the timelines
 * comes back with it, and has to be taken out again.
 */
export async function putArrived(
  kind: string,
  identity: string,
  { storedAt, at, length, sha256 }: Omit<Written, "blob">,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const proof = { ...(sha256 && { sha256 }), ...(length !== undefined && { length: String(length) }) };
  const row = arrivedRow(kind, storedAt, identity, { ...columns, ...proof });
  if (at !== undefined && at.getTime() - storedAt.getTime() > late && !(await isWritten("timeline", row))) {
    const { blob = "" } = columns;
    const told = { blob, of: kind, arrivedAt: storedAt.toISOString(), ...proof };
    await putRows([arrivedRow("late", at, identity, told)]);
  }
  await putRows([row]);
}

const write = rowWriter(() => table("timeline"), 32);

/** Writes rows whose keys and content derive from what they tell; writing one again leaves it as it is. */
export async function putRows(rows: readonly Row[]): Promise<void> {
  await Promise.all(rows.map(write));
}
