import { openQueue } from "../../../storage/queues.ts";
import { readEvents } from "../readEvents.ts";
import { count, keep, textIsHeld, type Work } from "../work.ts";

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

/** Takes jobs about the person off the queues. One that is not yet due cannot be seen; when it is, it finds nothing to do. */
export async function* sweepQueues(work: Work): AsyncGenerator<string> {
  const names = swept.flatMap((queue) => [queue, `${queue}-poison`]);
  await Promise.all(names.map((name) => sweep(work, name)));
  yield "";
}

async function sweep(work: Work, name: string): Promise<void> {
  const queue = await openQueue(name);
  const finds = (text: string) => work.finder.finds(text);
  // Receiving costs every message one of its tries, so it is done only where there is something to find, or may be.
  const { texts, more } = await queue.peek();
  if (!more && !texts.some(finds)) return;
  count(work, "messages", await queue.removeWhere(async (text) => finds(text) && !(await isHeld(work, text))));
}

/** Whether a job names what is held, or is one of an event that is. */
async function isHeld(work: Work, job: string): Promise<boolean> {
  if (!work.held.any) return false;
  if (textIsHeld(work, job)) return true;
  const [, blob] = /"event":"([^"\\]+)"/.exec(job) ?? [];
  const [event] = blob === undefined ? [] : await readEvents([blob]);
  const hold = event && work.held.ofEvent(event);
  if (hold !== undefined) keep(work, hold);
  return hold !== undefined;
}
