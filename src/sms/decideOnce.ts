// Decides on a received text, and puts the decision into the outbox: it is made once, whatever the rules say later.
import { setting } from "../config.ts";
import { claim } from "../storage/ledger.ts";
import { type Decision, decide } from "./deciding/decide.ts";
import { needsFirstContact } from "./deciding/evaluateRules.ts";
import { isFirstContact } from "./isFirstContact.ts";
import { loadAutoReplies } from "./loadAutoReplies.ts";
import { readOptOut } from "./optOut/readOptOut.ts";
import { isOurs } from "./ourNumbers.ts";
import { isCooling } from "./outbox/gate.ts";
import { passGate, readGate } from "./outbox/passGate.ts";
import { place, readPlaced } from "./outbox/place.ts";
import { type OutboxRow, outboxKey, replyId } from "./outbox/rows.ts";
import { spendBudget } from "./outbox/spendBudget.ts";
import type { Text } from "./text.ts";

/**
 * @param event blob name of the text's event
 * @returns the row of the decision: placed, silent, or what became of it since
 */
export async function decideOnce(text: Text, event: string): Promise<OutboxRow> {
  const id = replyId(text.to, text.from, text.messageId);
  const held = await readPlaced(text.to, text.from, id);
  if (held) return held;
  const decision = await admit(text, id, await decideNow(text, id));
  const said = { from: text.to, to: text.from, event, placedAt: new Date(), turn: 0, attempts: 0, maybeSent: false };
  if ("silence" in decision) {
    const { silence: reason, rule } = decision;
    const silent: OutboxRow = { ...said, state: "silent", message: "", by: "rule", reason, ...(rule && { rule }) };
    return (await claim(outboxKey(text.to, text.from, id), silent)).row;
  }
  const { reply: message, by, rule } = decision;
  return place(id, { ...said, state: "placed", message, by, rule });
}

async function decideNow(text: Text, id: string): Promise<Decision> {
  const [document, senderIsOurs, optOut, gate] = await Promise.all([
    loadAutoReplies(),
    isOurs(text.from),
    readOptOut({ ourNumber: text.to, theirNumber: text.from }),
    readGate(text),
  ]);
  const now = new Date();
  // Its own passage through the gate, before it was cut off, silences no reply.
  const passed = gate.passed.some((one) => one.id === id);
  return decide(text, document, {
    now,
    senderIsOurs,
    optOut,
    shortCode: setting("SHORT_CODE_OPT_OUT"),
    maxAgeMs: setting("AUTO_REPLY_MAX_AGE_MINUTES"),
    firstContact: needsFirstContact(document) && (await isFirstContact(text)),
    coolingDown: (rule, coolDownMs) => !passed && isCooling(gate, rule, coolDownMs, now.getTime()),
  });
}

/** Lets a reply through the gate and takes it from the budget; silence passes. */
async function admit(text: Text, id: string, decision: Decision): Promise<Decision> {
  if ("silence" in decision) return decision;
  const { rule, coolDownMs, by } = decision;
  const refused = await passGate(text, { id, rule, coolDownMs, by });
  if (refused) return { silence: refused, rule };
  // The confirmation of a STOP is owed, whatever was spent.
  const isStop = by === "optOut" && rule === "stop";
  return (await spendBudget(id)) || isStop ? decision : { silence: "the texts of the day are spent", rule };
}
