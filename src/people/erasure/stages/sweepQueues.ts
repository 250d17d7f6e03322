import { type OpenQueue, openQueue } from "../../../storage/queues.ts";
import { count, type Work } from "../work.ts";

/** Not sms-opt-outs: an opt-out on its way to the ledger or to ACS must not be forgotten, and passes within minutes. */
const swept = [
  "person-exports",
  "recording-downloads",
  "recording-relays",
  "recording-starts",
  "sms-replies",
  "sms-sends",
  "sms-watches",
];

/**
 * Takes jobs about the person off the queues. One that is not yet due cannot be seen; when it is, it finds nothing to do.
 * @param cursor the last queue
 */
export async function* sweepQueues(work: Work, cursor: string): AsyncGenerator<string> {
  for (const name of swept.flatMap((queue) => [queue, `${queue}-poison`])) {
    if (name <= cursor) continue;
    const queue = await openQueue(name);
    if (queue) await sweep(work, queue);
    yield name;
  }
}

async function sweep(work: Work, queue: OpenQueue): Promise<void> {
  const wanted = (text: string) => work.finder.finds(text);
  // Receiving costs every message one of its tries, so it is done only where there is something to find.
  if (!(await queue.peek()).some(wanted)) return;
  count(work, "messages", await queue.removeWhere(wanted));
}
