// Where a replay that ran out of time goes on when it is asked for again: row `replayPosition:{id}` of the ledger.
import { type Columns, put, read, type WorkKey } from "../../storage/ledger.ts";

const keyOf = (id: string): WorkKey => ["replayPosition", id, ""];

/** @param id of the problem; undefined: it begins at the beginning */
export async function readPosition<C extends Columns>(id: string): Promise<C | undefined> {
  const row = (await read<C & { over: boolean }>(keyOf(id)))?.row;
  return row && !row.over ? row : undefined;
}

export async function keepPosition(id: string, position: Columns): Promise<void> {
  await put(keyOf(id), { ...position, over: false });
}

/** The next replay begins at the beginning. */
export async function endPosition(id: string): Promise<void> {
  await put(keyOf(id), { over: true });
}
