// The rows of a problem. All are in the partition of its kind, so that they change together or not at all:
//
//   {SHA-256 of cause and raw}              the problem itself, found by what it is known by
//   list_{state}_{since, newest first}_{…}  lists it, with the columns that a list shows
//
// So a list is a range of keys, and shows each problem in one state, once.
import type { TransactionAction } from "@azure/data-tables";
import { newestFirst } from "./newestFirst.ts";
import { httpStatus, inTime, onDemand, storageErrorCode } from "./onDemand.ts";
import type { ProblemKind } from "./problemKinds.ts";
import { table } from "./tables.ts";
import { unlessMissing } from "./unlessMissing.ts";

export type ProblemState = "open" | "resolved" | "dismissed";

export interface ProblemRow {
  cause: string;
  advice: string;
  raw: string;
  state: ProblemState;
  /** Since when it is in this state. Absent in rows of an earlier version of the app; then it is `lastSeen`. */
  since?: Date;
  firstSeen: Date;
  lastSeen: Date;
  /** Of what is counted: how often it was seen at least. */
  count?: number;
  countedBy?: string;
  about?: string;
  sourceContainer?: string;
  sourceBlob?: string;
  sourceQueue?: string;
  sourceMessage?: string;
  sourceMessageRest?: string;
  dismissedAt?: Date;
  dismissedBy?: string;
  dismissedReason?: string;
  reopenedAt?: Date;
  reopenedBy?: string;
}

export interface ProblemKey {
  kind: ProblemKind;
  hash: string;
}

/** The columns of a row that lists a problem. */
export type ListedProblem = Pick<
  ProblemRow,
  "cause" | "advice" | "state" | "since" | "firstSeen" | "lastSeen" | "count" | "about"
>;

/** `listed`: the row key of the row that lists it; absent in rows of an earlier version of the app. */
type KeptRow = ProblemRow & { listed?: string };

/** A problem as it is kept, with the condition for changing it. */
export async function readProblemRow({ kind, hash }: ProblemKey): Promise<{ row: KeptRow; etag: string } | undefined> {
  const problems = await table("problems");
  const found = await unlessMissing(() => problems.getEntity<KeptRow>(kind, hash, { abortSignal: inTime() }));
  if (!found) return undefined;
  const { etag, ...row } = found;
  return { row, etag };
}

/**
 * Changes a problem from what it is, or makes it; again when another was faster.
 * @param change gives the columns to change, or undefined to leave all as it is; it may be called several times
 * @param isNew whether it is most likely not there: then it is not read before it is made
 * @returns the problem as it is then; undefined when it is not there
 */
export async function changeProblem(
  key: ProblemKey,
  change: (row: ProblemRow | undefined) => Partial<ProblemRow> | undefined,
  isNew = false,
): Promise<ProblemRow | undefined> {
  for (let [unlist, unread] = [true, isNew]; ; unread = false) {
    const held = unread ? undefined : await readProblemRow(key);
    const columns = change(held?.row);
    if (!columns) return held?.row;
    const row = { ...held?.row, ...columns } as ProblemRow;
    try {
      await writeRows(key, row, columns, held, unlist);
      return row;
    } catch (error) {
      // Somebody deleted one of its rows.
      if (httpStatus(error) === 404 && unlist) unlist = false;
      else if (!lostRace(error)) throw error;
    }
  }
}

/** Lists a problem of an earlier version of the app; nothing when it is listed. */
export async function listProblem(key: ProblemKey): Promise<void> {
  await changeProblem(key, (row) => (row && !row.since ? { since: row.lastSeen } : undefined));
}

/** The part of a partition that lists the problems of a state. */
export const listedAs = (state: ProblemState) => `list_${state}_`;

async function writeRows(
  { kind, hash }: ProblemKey,
  row: ProblemRow,
  columns: Partial<ProblemRow>,
  held: { row: KeptRow; etag: string } | undefined,
  unlist: boolean,
): Promise<void> {
  const partitionKey = kind;
  const { cause, advice, state, since = row.lastSeen, firstSeen, lastSeen, count, about } = row;
  const listed = `${listedAs(state)}${newestFirst(since.getTime())}_${hash}`;
  const shown: ListedProblem = { cause, advice, state, since, firstSeen, lastSeen };
  if (count !== undefined) shown.count = count;
  if (about !== undefined) shown.about = about;
  const changed = { partitionKey, rowKey: hash, ...columns, since, listed };
  const before = held?.row.listed;
  const actions: TransactionAction[] = [
    held ? ["update", changed, "Merge", { etag: held.etag }] : ["create", changed],
    ["upsert", { partitionKey, rowKey: listed, ...shown }, "Replace"],
  ];
  if (unlist && before !== undefined && before !== listed) actions.push(["delete", { partitionKey, rowKey: before }]);
  const problems = await table("problems");
  await onDemand(
    () => problems.createTable(),
    () => problems.submitTransaction(actions, { abortSignal: inTime() }),
  );
}

/** Another changed the problem meanwhile, or made it. */
function lostRace(error: unknown): boolean {
  return httpStatus(error) === 412 || storageErrorCode(error) === "EntityAlreadyExists";
}
