// Looks at a text of the outbox when its delivery report is overdue.
import { read } from "../../storage/ledger.ts";
import { endUnconfirmed } from "./endings.ts";
import { watch } from "./place.ts";
import { handOn } from "./putOff.ts";
import { type OutboxRow, outboxKey } from "./rows.ts";
import type { TextTurn } from "./textTurn.ts";

/** @returns what was found, in words for the log */
export async function watchPlaced(job: TextTurn): Promise<string> {
  const row = (await read<OutboxRow>(outboxKey(job.from, job.to, job.outboxId)))?.row;
  if (!row) return "no such text";
  if (row.state === "placed") {
    // Its job waits or, when nothing has moved for so long, is lost: another one for the same turn does no harm.
    if (row.turn === job.turn) await handOn(job, row);
    await watch({ ...job, turn: row.turn });
    return "still to be sent";
  }
  // A later turn has a watch of its own since it was sent. One that is unconfirmed already was cut off here, or given up.
  const overdue = row.state === "sent" && row.turn === job.turn;
  if (!overdue && row.state !== "unconfirmed") return `already ${row.state}`;
  return endUnconfirmed(job, row, "no delivery report came in time");
}
