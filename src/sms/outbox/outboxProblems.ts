// What the outbox needs a person for. No numbers and no words in here: a problem is also read by those who may not read texts.
import { raiseProblem, resolveProblem } from "../../storage/problems.ts";
import type { OutboxRow } from "./rows.ts";

/** The text that was answered, else the id of the text itself in the outbox. */
function rawOf(id: string, row: OutboxRow): string {
  return row.event ?? `outbox ${id}`;
}

export function raiseFailed(id: string, row: OutboxRow): Promise<void> {
  return raiseProblem({
    kind: "smsFailed",
    cause: "A text was not delivered",
    advice:
      "Its row in the outbox (table ledger) has the reason in `reason` or `deliveryDetails`. It is not sent again.",
    raw: rawOf(id, row),
  });
}

const unconfirmed = { kind: "smsUnconfirmed", cause: "What became of a text is not known" };

export function raiseUnconfirmed(id: string, row: OutboxRow): Promise<void> {
  return raiseProblem({
    ...unconfirmed,
    advice:
      "It may or may not have been sent or delivered, and is not sent again. Ask the recipient, or look in the ACS logs. If its report still comes, this is resolved.",
    raw: rawOf(id, row),
  });
}

/** The report came after all. */
export function resolveUnconfirmed(id: string, row: OutboxRow): Promise<void> {
  return resolveProblem({ ...unconfirmed, raw: rawOf(id, row) });
}

export function raiseNoCredentials(): Promise<void> {
  return raiseProblem({
    kind: "smsCredentials",
    cause: "ACS refuses to send texts for this app",
    advice: "Look at ACS_CONNECTION_STRING, or at the role of the app's identity. Texts wait, and are tried for a day.",
    raw: "POST /sms",
  });
}
