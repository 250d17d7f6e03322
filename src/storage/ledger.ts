// Table `ledger`: work that must happen once, and its state.
//
//   claim ───────────► settle          claim   insert-if-absent: one caller gets the row, every other is shown it
//     │ insert            │ merge      settle  merge if unchanged since it was read (ETag); a lost race throws and is
//     └─ if absent        └─ if-match          decided again from the row as it is now
import { tableKey } from "./keys.ts";
import { listRows } from "./listRows.ts";
import { httpStatus, inTime, onDemand, storageErrorCode } from "./onDemand.ts";
import { quoted } from "./quoted.ts";
import { table } from "./tables.ts";
import { unlessMissing } from "./unlessMissing.ts";

export type Columns = Record<string, string | number | bigint | boolean | Date | undefined>;

/**
 * What a piece of work is known by: its kind and the business's own ids, e.g. `["reply", to, from, messageId]`. All but the last are
 * the partition, the last is the row.
 */
export type WorkKey = readonly [kind: string, ...ids: string[]];

/** A row as it was read; `etag` is the condition for changing it. */
export interface Held<C extends Columns> {
  row: C;
  etag: string;
}

export interface Claim<C extends Columns> extends Held<C> {
  /** True for the one caller whose claim it is. */
  won: boolean;
}

function keys([kind, ...ids]: WorkKey) {
  const last = ids.pop() ?? "";
  return { partitionKey: tableKey([kind, ...ids].join(":")), rowKey: tableKey(last) };
}

/** Claims a piece of work, or shows the claim that is there. */
export async function claim<C extends Columns>(work: WorkKey, columns: C): Promise<Claim<C>> {
  const ledger = await table("ledger");
  const create = () => ledger.createEntity({ ...keys(work), ...columns }, { abortSignal: inTime() });
  for (;;) {
    try {
      const { etag } = await onDemand(() => ledger.createTable(), create);
      return { won: true, row: columns, etag: etag ?? "*" };
    } catch (error) {
      if (storageErrorCode(error) !== "EntityAlreadyExists") throw error;
      const held = await read<C>(work);
      // Undefined: it was released meanwhile, and is claimed again.
      if (held) return { won: false, ...held };
    }
  }
}

/** A row of the ledger; undefined when the work was never claimed. */
export async function read<C extends Columns>(work: WorkKey): Promise<Held<C> | undefined> {
  const ledger = await table("ledger");
  const { partitionKey, rowKey } = keys(work);
  const found = await unlessMissing(() => ledger.getEntity<C>(partitionKey, rowKey, { abortSignal: inTime() }));
  if (!found) return undefined;
  const { etag, ...row } = found;
  return { row: row as unknown as C, etag };
}

/**
 * All rows of a partition, in the order of their keys; `work` without its last id. A row key is escaped, so a row that must
 * know its id has it in a column.
 * @param range last ids (both included) between which rows are wanted
 */
export async function* readAll<C extends Columns>(
  work: WorkKey,
  range?: { first: string; last: string },
): AsyncGenerator<Held<C> & { rowKey: string }> {
  const { partitionKey } = keys([...work, ""]);
  const conditions = [`PartitionKey eq ${quoted(partitionKey)}`];
  if (range) conditions.push(`RowKey ge ${quoted(tableKey(range.first))}`, `RowKey le ${quoted(tableKey(range.last))}`);
  const rows = listRows<C>("ledger", conditions.join(" and "));
  for await (const { etag, rowKey = "", ...row } of rows) yield { rowKey, row: row as unknown as C, etag };
}

/** Writes a row whatever was there; for rows that derive from what they tell, and for marks. */
export async function put(work: WorkKey, columns: Columns): Promise<void> {
  const ledger = await table("ledger");
  await onDemand(
    () => ledger.createTable(),
    () => ledger.upsertEntity({ ...keys(work), ...columns }, "Replace", { abortSignal: inTime() }),
  );
}

/**
 * Records how claimed work stands, and gives the row's new ETag. Throws (412, a retry cures it) when the row changed since `etag`
 * was read.
 */
export async function settle(work: WorkKey, etag: string, columns: Columns): Promise<string> {
  const ledger = await table("ledger");
  const settled = await ledger.updateEntity({ ...keys(work), ...columns }, "Merge", { etag, abortSignal: inTime() });
  return settled.etag ?? "*";
}

/** Takes a claim back, so that anyone can claim the work again. Throws (412) when the row changed since `etag` was read. */
export async function release(work: WorkKey, etag: string): Promise<void> {
  const ledger = await table("ledger");
  const { partitionKey, rowKey } = keys(work);
  await ledger.deleteEntity(partitionKey, rowKey, { etag, abortSignal: inTime() });
}

/** Whether a change of the ledger lost a race: the row is another now, or gone. */
export function lostRace(error: unknown): boolean {
  return httpStatus(error) === 412 || httpStatus(error) === 404;
}
