// Table `ledger`: work that must happen once, and its state.
//
//   claim ───────────► settle          claim   insert-if-absent: one caller gets the row, every other is shown it
//     │ insert            │ merge      settle  merge if unchanged since it was read (ETag); a lost race throws and is
//     └─ if absent        └─ if-match          decided again from the row as it is now
import type { TableEntityResult } from "@azure/data-tables";
import { tableKey } from "./keys.ts";
import { inTime, onDemand, storageErrorCode } from "./onDemand.ts";
import { table } from "./tables.ts";

type Columns = Record<string, string | number | boolean | Date>;

/** What a piece of work is known by: its kind and the business's own ids, e.g. `["reply", to, from, messageId]`. */
export type WorkKey = readonly [kind: string, ...ids: string[]];

export interface Claim<C extends Columns> {
  /** True for the one caller whose claim it is. */
  won: boolean;
  row: C;
  etag: string;
}

function keys([kind, ...ids]: WorkKey) {
  const last = ids.pop() ?? "";
  return { partitionKey: tableKey([kind, ...ids].join(":")), rowKey: tableKey(last) };
}

/** Claims a piece of work, or shows the claim that is there. */
export async function claim<C extends Columns>(work: WorkKey, columns: C): Promise<Claim<C>> {
  const ledger = await table("ledger");
  const at = keys(work);
  try {
    const create = () => ledger.createEntity({ ...at, ...columns }, { abortSignal: inTime() });
    const { etag } = await onDemand(() => ledger.createTable(), create);
    return { won: true, row: columns, etag: etag ?? "*" };
  } catch (error) {
    if (storageErrorCode(error) !== "EntityAlreadyExists") throw error;
    const { etag, ...row }: TableEntityResult<C> = await ledger.getEntity<C>(at.partitionKey, at.rowKey);
    return { won: false, row: row as unknown as C, etag };
  }
}

/** Records how claimed work stands. Throws (412, a retry cures it) when the row changed since `etag` was read. */
export async function settle(work: WorkKey, etag: string, columns: Columns): Promise<void> {
  const ledger = await table("ledger");
  await ledger.updateEntity({ ...keys(work), ...columns }, "Merge", { etag, abortSignal: inTime() });
}

/** Takes a claim back, so that anyone can claim the work again. Throws (412) when the row changed since `etag` was read. */
export async function release(work: WorkKey, etag: string): Promise<void> {
  const ledger = await table("ledger");
  const { partitionKey, rowKey } = keys(work);
  await ledger.deleteEntity(partitionKey, rowKey, { etag });
}

/** Whether a piece of work was ever claimed. */
export async function isClaimed(work: WorkKey): Promise<boolean> {
  const ledger = await table("ledger");
  const { partitionKey, rowKey } = keys(work);
  try {
    await ledger.getEntity(partitionKey, rowKey, { abortSignal: inTime() });
    return true;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}
