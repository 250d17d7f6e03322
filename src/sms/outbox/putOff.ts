import type { SendJob } from "../../intake/jobs.ts";
import { changeRow } from "../../storage/changeRow.ts";
import { dueIn, enqueue } from "../../storage/enqueue.ts";
import { type OutboxRow, outboxKey } from "./rows.ts";

/** A time that is no further away, in milliseconds, is as good as now: queues wait in whole seconds. */
export const soon = 1000;

/**
 * Leaves a text to a job that comes later, which has the next turn.
 * @param wait milliseconds
 */
export async function putOff(job: SendJob, wait: number, columns: Partial<OutboxRow>): Promise<void> {
  const next = { ...columns, notBefore: dueIn(wait), turn: job.turn + 1, ownedUntil: new Date(0) };
  const row = await changeRow<OutboxRow>(outboxKey(job.from, job.to, job.outboxId), (now) =>
    now?.state === "placed" && now.turn === job.turn ? next : undefined,
  );
  if (row?.state === "placed") await enqueue("sms-sends", { ...job, turn: row.turn } satisfies SendJob, wait);
}

/** Puts the job of a text's turn on the queue once more; a second one finds nothing to do. */
export async function handOn(job: SendJob, { turn, notBefore }: OutboxRow): Promise<void> {
  const wait = (notBefore?.getTime() ?? 0) - Date.now();
  await enqueue("sms-sends", { ...job, turn } satisfies SendJob, Math.max(0, wait));
}
