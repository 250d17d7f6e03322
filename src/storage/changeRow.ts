import { Mutex } from "async-mutex";
import { type Columns, claim, lostRace, read, settle, type WorkKey } from "./ledger.ts";

/** Changes of one row that this process makes wait for each other here, instead of losing races against each other. */
const turns = new Map<string, Mutex>();

/**
 * Changes a row of the ledger from what it is, or makes it; again when another was faster.
 * @param change gives the columns to change, or undefined to leave the row as it is; it may be called several times
 * @returns the row as it is then; undefined when it is not there
 */
export async function changeRow<C extends Columns>(
  work: WorkKey,
  change: (row: C | undefined) => Partial<C> | undefined,
): Promise<C | undefined> {
  const name = JSON.stringify(work);
  const turn = turns.get(name) ?? new Mutex();
  turns.set(name, turn);
  try {
    return await turn.runExclusive(() => changeNow(work, change));
  } finally {
    if (!turn.isLocked()) turns.delete(name);
  }
}

async function changeNow<C extends Columns>(
  work: WorkKey,
  change: (row: C | undefined) => Partial<C> | undefined,
): Promise<C | undefined> {
  for (;;) {
    const held = await read<C>(work);
    const columns = change(held?.row);
    if (!columns) return held?.row;
    const row = { ...held?.row, ...columns } as C;
    if (!held) {
      if ((await claim<C>(work, row)).won) return row;
      continue;
    }
    try {
      await settle(work, held.etag, columns);
      return row;
    } catch (error) {
      if (!lostRace(error)) throw error;
    }
  }
}
