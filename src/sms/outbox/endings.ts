// How a text ends that is not sent, or of which nobody knows.
import { learn } from "./learn.ts";
import { raiseFailed, raiseUnconfirmed, resolveUnconfirmed } from "./outboxProblems.ts";
import type { OutboxRow } from "./rows.ts";
import type { TextTurn } from "./textTurn.ts";

/** Ends a text that is not sent any more: withheld, or unconfirmed when it may have been sent. */
export async function end(job: TextTurn, row: OutboxRow, reason: string): Promise<string> {
  if (row.maybeSent) return endUnconfirmed(job, row, reason);
  await learn(job, { kind: "withheld", reason });
  return `withheld: ${reason}`;
}

/** Ends a text that ACS does not take. */
export async function endFailed(job: TextTurn, row: OutboxRow, reason: string): Promise<string> {
  // The problem first: after a crash in between, nobody would raise it.
  await raiseFailed(job.outboxId, row);
  await learn(job, { kind: "refused", reason });
  return "refused";
}

/** Ends a text that may have been sent, or that has no report. A report that comes all the same settles it. */
export async function endUnconfirmed(job: TextTurn, row: OutboxRow, reason: string): Promise<string> {
  await raiseUnconfirmed(job.outboxId, row);
  const now = await learn(job, { kind: "unknown", reason });
  if (now && now.state !== "unconfirmed") await resolveUnconfirmed(job.outboxId, row);
  return now?.state ?? "unconfirmed";
}
