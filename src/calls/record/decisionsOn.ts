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

/** The decisions on the IncomingCall events among these, by the identity of the event. */
export async function decisionsOn(events: readonly CallEvent[]): Promise<Map<string, CallDecision>> {
  const found = new Map<string, CallDecision>();
  for (const { name, data, identity } of events) {
    const context = name === "IncomingCall" ? textOf(data.incomingCallContext) : undefined;
    const row = context === undefined ? undefined : (await read<CallRow>(callKey(context)))?.row;
    if (!row) continue;
    const { state, rule, reason, callConnectionId } = row;
    const said = { ...(rule && { rule }), ...(reason && { reason }), ...(callConnectionId && { callConnectionId }) };
    found.set(identity, { state, ...said });
  }
  return found;
}
