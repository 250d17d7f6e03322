// Looks at a text of the outbox when its delivery report is overdue.
import type { WatchJob } from "../../intake/jobs.ts";
import { enqueue } from "../../storage/enqueue.ts";
import { read } from "../../storage/ledger.ts";
import { learn } from "./learn.ts";
import { raiseUnconfirmed, resolveUnconfirmed } from "./outboxProblems.ts";
import { watch } from "./place.ts";
import { type OutboxRow, outboxKey } from "./rows.ts";

/** @returns what was found, in words for the log */
export async function watchPlaced(job: WatchJob): Promise<string> {
  const key = outboxKey(job.from, job.to, job.id);
  const row = (await read<OutboxRow>(key))?.row;
  if (!row) return "no such text";
  if (row.state === "placed") {
    // Its job waits or, when nothing has moved for so long, is lost: another one for the same turn does no harm.
    if (row.turn === job.turn) await enqueue("sms-sends", { ...job });
    await watch({ ...job, turn: row.turn });
    return "still to be sent";
  }
  // A later turn has a watch of its own since it was sent.
  if (row.state === "sent" && row.turn === job.turn) {
    await learn(job, { kind: "unknown", reason: "no delivery report came in time" });
  } else if (row.state !== "unconfirmed") return `already ${row.state}`;
  await raiseUnconfirmed(job.id, row);
  const { state } = (await read<OutboxRow>(key))?.row ?? row;
  if (state !== "unconfirmed") await resolveUnconfirmed(job.id, row);
  return state;
}
