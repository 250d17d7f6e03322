import { changeRow } from "../../storage/changeRow.ts";
import { dueIn } from "../../storage/enqueue.ts";
import { type OutboxRow, outboxKey } from "./rows.ts";
import { enqueueTurn, type TextTurn } from "./textTurn.ts";

/** A time that is no further away, in milliseconds, is as good as now: queues wait in whole seconds. */
export const soon = 1000;

/**
 * Leaves a text to a job that comes later, which has the next turn.
 * @param wait milliseconds
 */
export async function putOff(job: TextTurn, wait: number, columns: Partial<OutboxRow>): Promise<void> {
  const next = { ...columns, notBefore: dueIn(wait), turn: job.turn + 1, ownedUntil: new Date(0) };
  const row = await changeRow<OutboxRow>(outboxKey(job.from, job.to, job.outboxId), (now) =>
    now?.state === "placed" && now.turn === job.turn ? next : undefined,
  );
  if (row?.state === "placed") await enqueueTurn("sms-sends", { ...job, turn: row.turn }, wait);
}

/** Puts the job of a text's turn on the queue once more; a second one finds nothing to do. */
export async function handOn(job: TextTurn, { turn, notBefore }: OutboxRow): Promise<void> {
  const wait = (notBefore?.getTime() ?? 0) - Date.now();
  await enqueueTurn("sms-sends", { ...job, turn }, Math.max(0, wait));
}
