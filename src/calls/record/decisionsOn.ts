import { Semaphore } from "async-mutex";
import { read } from "../../storage/ledger.ts";
import { type CallRow, callKey } from "../incoming/callRow.ts";
import { type CallEvent, textOf } from "./callEvent.ts";

/** What was decided on a call that rang, and what became of it. */
export interface CallDecision {
  state: CallRow["state"];
  rule?: string;
  reason?: string;
  callConnectionId?: string;
}

/** Rows that are read at once, in the whole process. */
const places = new Semaphore(16);

/** The decisions on the IncomingCall events among these, by the identity of the event. */
export async function decisionsOn(events: readonly CallEvent[]): Promise<Map<string, CallDecision>> {
  const rang = events.filter(({ name }) => name === "IncomingCall");
  const found = await Promise.all(rang.map(async (event) => [event.identity, await decisionOn(event)] as const));
  return new Map(found.filter((entry): entry is [string, CallDecision] => entry[1] !== undefined));
}

async function decisionOn({ data }: CallEvent): Promise<CallDecision | undefined> {
  const context = textOf(data.incomingCallContext);
  if (context === undefined) return undefined;
  const held = await places.runExclusive(() => read<CallRow>(callKey(context)));
  if (!held) return undefined;
  const { state, rule, reason, callConnectionId } = held.row;
  return { state, ...(rule && { rule }), ...(reason && { reason }), ...(callConnectionId && { callConnectionId }) };
}
