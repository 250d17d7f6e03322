// Whose a text is that a job names. What waits on a queue cannot be taken off it before it is due, so a job has no number: a row of the
// ledger tells whose text it is, and goes with the person.
import type { SendJob } from "../../intake/jobs.ts";
import { enqueue } from "../../storage/enqueue.ts";
import { put, read, type WorkKey } from "../../storage/ledger.ts";
import { outboxKey } from "./rows.ts";

type Ends = { from: string; to: string };

/** A text of the outbox at one of its turns: what a job is for. */
export interface TextTurn extends Ends {
  outboxId: string;
  turn: number;
}

const endsKey = (id: string): WorkKey => ["textEnds", id.slice(0, 2), id];

/** Notes whose a text is; to be called before a job of it is put on a queue. */
export function noteEnds(id: string, { from, to }: Ends): Promise<void> {
  return put(endsKey(id), { from, to });
}

/** @param delay milliseconds */
export function enqueueTurn(queue: "sms-sends" | "sms-watches", text: TextTurn, delay = 0): Promise<void> {
  const { outboxId, turn } = text;
  return enqueue(queue, { outboxId, turn } satisfies SendJob, delay);
}

/** What a job is for; undefined when its text is not in the outbox, or was erased. */
export async function turnOf({ outboxId, turn, from, to }: SendJob): Promise<TextTurn | undefined> {
  if (from !== undefined && to !== undefined) {
    // An earlier version put it on the queue, and noted nothing.
    if (!(await read(outboxKey(from, to, outboxId)))) return undefined;
    await noteEnds(outboxId, { from, to });
    return { from, to, outboxId, turn };
  }
  const ends = (await read<Ends>(endsKey(outboxId)))?.row;
  return ends && { from: ends.from, to: ends.to, outboxId, turn };
}
