import { AcsEventsError } from "../../events/errors.ts";
import { readOptOut } from "../optOut/readOptOut.ts";
import { isOurs } from "../ourNumbers.ts";
import { place, readPlaced } from "../outbox/place.ts";
import { type OutboxRow, sendId } from "../outbox/rows.ts";
import { spendBudget } from "../outbox/spendBudget.ts";
import { enqueueTurn } from "../outbox/textTurn.ts";

interface Order {
  from: string;
  to: string;
  message: string;
  /** The caller's name for the request. */
  key: string;
}

export interface Placed {
  to: string;
  /** As in the outbox; `refused`: it was not put there. */
  state: OutboxRow["state"] | "refused";
  id?: string;
  /** Why it was refused. */
  reason?: string;
}

/** Puts a text of a caller into the outbox, once for a key and recipient, and asks for it to be sent. */
export async function placeByHand({ from, to, message, key }: Order): Promise<Placed> {
  const id = sendId(from, to, key);
  const row = (await placedBefore(from, to, id)) ?? (await admit({ from, to, message }, id));
  if (typeof row === "string") return { to, state: "refused", reason: row };
  // Again for a request that was cut off before this; a second job for the turn finds nothing to do.
  if (row.state === "placed" && row.turn === 0) await enqueueTurn("sms-sends", { from, to, outboxId: id, turn: 0 });
  return { to, state: row.state, id };
}

/** The row of the text, or why it has none any more. */
async function placedBefore(from: string, to: string, id: string): Promise<OutboxRow | string | undefined> {
  try {
    return await readPlaced(from, to, id);
  } catch (error) {
    if (error instanceof AcsEventsError && error.code === "ACS_EVENTS_ERASED") return error.message;
    throw error;
  }
}

async function admit({ from, to, message }: Omit<Order, "key">, id: string): Promise<OutboxRow | string> {
  if (to === from || (await isOurs(to))) return "The recipient is a number of ours.";
  if ((await readOptOut({ ourNumber: from, theirNumber: to }))?.state === "out") {
    return "The recipient opted out of texts from this sender.";
  }
  if (!(await spendBudget(id))) return "The texts of the day are spent (SMS_MAX_PER_DAY).";
  const placed = { state: "placed", by: "hand", placedAt: new Date(), turn: 0, attempts: 0, maybeSent: false } as const;
  return place(id, { ...placed, from, to, message });
}
