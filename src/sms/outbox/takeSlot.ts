import { changeRow } from "../../storage/changeRow.ts";
import { dueAfter, nextSlot, paceOf } from "./pace.ts";

/** `due` as in pace.ts. */
type PaceRow = { due: Date };

/** Takes the next place in the pace of a sender. @returns when it is */
export async function takeSlot(from: string): Promise<Date> {
  const { name, limit } = paceOf(from);
  let at = 0;
  await changeRow<PaceRow>(["pace", name], (row) => {
    const slot = nextSlot(row?.due.getTime(), Date.now(), limit);
    at = slot.at;
    return { due: new Date(slot.due) };
  });
  return new Date(at);
}

/** ACS wants nothing from this sender for so many milliseconds: what is to come waits. */
export async function holdPace(from: string, forMs: number): Promise<void> {
  const due = new Date(dueAfter(Date.now() + forMs));
  await changeRow<PaceRow>(["pace", paceOf(from).name], (row) => (row && row.due >= due ? undefined : { due }));
}
