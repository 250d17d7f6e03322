// What the outbox needs a person for. No numbers and no words in here: a problem is also read by those who may not read texts.
import { type Problem, raiseProblem, resolveProblem } from "../../storage/problems.ts";
import type { OutboxRow } from "./rows.ts";

/** The text that was answered, else the id of the text itself in the outbox. */
function about(id: string, { event }: OutboxRow): Pick<Problem, "raw" | "source"> {
  return event ? { raw: event, source: { container: "events", blob: event } } : { raw: `outbox ${id}` };
}

const unconfirmed = { kind: "smsUnconfirmed", cause: "What became of a text is not known" } as const;

export function raiseUnconfirmed(id: string, row: OutboxRow): Promise<void> {
  return raiseProblem({
    ...unconfirmed,
    advice:
      "It may or may not have been sent or delivered, and is not sent again. Ask the recipient, or look in the ACS logs. If its report still comes, this is resolved.",
    ...about(id, row),
  });
}

/** The report came after all. */
export function resolveUnconfirmed(id: string, row: OutboxRow): Promise<void> {
  return resolveProblem({ ...unconfirmed, ...about(id, row) });
}

const failed = { kind: "smsFailed", cause: "A text was not delivered" } as const;

export function raiseFailed(id: string, row: OutboxRow): Promise<void> {
  return raiseProblem({
    ...failed,
    advice:
      "Its row in the outbox (table ledger) has the reason in `reason` or `deliveryDetails`. It is not sent again.",
    ...about(id, row),
  });
}

/** It was delivered after all. */
export function resolveFailed(id: string, row: OutboxRow): Promise<void> {
  return resolveProblem({ ...failed, ...about(id, row) });
}

const unable = {
  kind: "smsCredentials",
  cause: "The app cannot send texts: ACS is not configured, or refuses it",
  raw: "POST /sms",
} as const;

/** @param reason what ACS, its SDK or a setting says */
export async function raiseUnable(reason: string): Promise<void> {
  const advice = `Look at ACS_CONNECTION_STRING, or at ACS_ENDPOINT and the role of the app's identity (${reason}). Texts wait, and are tried for a day; automatic answers for AUTO_REPLY_MAX_AGE_MINUTES.`;
  await raiseProblem({ ...unable, advice });
}

/** ACS takes texts again; another process may have said that it does not. */
export function resolveUnable(): Promise<void> {
  return resolveProblem(unable);
}
