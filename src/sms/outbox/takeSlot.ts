import { changeRow } from "../../storage/changeRow.ts";
import { dueIn } from "../../storage/enqueue.ts";
import { read } from "../../storage/ledger.ts";
import { nextSlot, paceOf } from "./pace.ts";

/** `due` as in pace.ts. Until `heldUntil` nothing is sent: ACS answered 429. */
type PaceRow = { due?: Date; heldUntil?: Date };

/** Takes the next place in the pace of a sender. @returns when it is */
export async function takeSlot(from: string): Promise<Date> {
  const { name, limit } = paceOf(from);
  let at = 0;
  await changeRow<PaceRow>(["pace", name], (row) => {
    const slot = nextSlot(row?.due?.getTime(), Date.now(), limit);
    at = slot.at;
    return { due: new Date(slot.due) };
  });
  return new Date(at);
}

/** ACS wants nothing from this sender for so many milliseconds: all its texts wait, and then take their places anew. */
export async function holdPace(from: string, forMs: number): Promise<void> {
  const heldUntil = dueIn(forMs);
  await changeRow<PaceRow>(["pace", paceOf(from).name], (row) =>
    row?.heldUntil && row.heldUntil >= heldUntil ? undefined : { heldUntil },
  );
}

/** Until when ACS wants nothing from this sender; a time in the past if it does not say so. */
export async function heldUntil(from: string): Promise<Date> {
  return (await read<PaceRow>(["pace", paceOf(from).name]))?.row.heldUntil ?? new Date(0);
}
