// How a text of the outbox goes on when something is learnt of it. Pure: facts may come twice, late and in any order.
//
//   placed ──► sent ──────────────► delivered | failed      by delivery report; delivered beats failed
//     │          └──► unconfirmed ──► delivered | failed    the report did not come in time, and came after all
//     ├──► unconfirmed                                      whether it was sent is not known, and it is not sent again
//     └──► failed | silent                                  ACS refused it | it may no longer be sent
import type { OutboxRow } from "./rows.ts";

export type Fact =
  | { kind: "accepted"; messageId?: string; at: Date }
  | { kind: "refused"; reason: string }
  /** It will not be known whether it was sent, or what became of it. */
  | { kind: "unknown"; reason: string }
  | { kind: "withheld"; reason: string }
  | { kind: "report"; messageId: string; status: string; details?: string; attempts?: string; at?: Date };

type Change = Partial<OutboxRow>;

/** The columns that a fact changes; undefined when it changes nothing. */
export function foldOutbox(row: OutboxRow, fact: Fact): Change | undefined {
  switch (fact.kind) {
    case "accepted": {
      if (row.sentAt !== undefined) return undefined;
      const { messageId = row.messageId, at: sentAt } = fact;
      const known = { sentAt, ...(messageId !== undefined && { messageId }) };
      // Not back from unconfirmed: nobody watches for its report any more, and it settles that state as well.
      return row.state === "placed" ? { ...known, state: "sent" } : known;
    }
    case "refused":
      return row.state === "placed" ? { state: "failed", reason: fact.reason } : undefined;
    case "withheld":
      return row.state === "placed" ? { state: "silent", reason: fact.reason } : undefined;
    case "unknown":
      return row.state === "placed" || row.state === "sent" ? { state: "unconfirmed", reason: fact.reason } : undefined;
    case "report":
      return foldReport(row, fact);
  }
}

function foldReport(row: OutboxRow, report: Extract<Fact, { kind: "report" }>): Change | undefined {
  const another = row.messageId !== undefined && row.messageId !== report.messageId;
  if (row.state === "silent" || another) return undefined;
  const final = finalState(report.status);
  const known = final === row.state && !isNewer(report.at, row.reportedAt);
  if (rankOf(final) < rankOf(row.state) || known) return undefined;
  return {
    // Whatever it says, there is a report of it: ACS took it.
    state: final ?? (row.state === "placed" ? "sent" : row.state),
    ...(final === "failed" && { reason: report.details ?? "not delivered" }),
    messageId: report.messageId,
    deliveryStatus: report.status,
    ...(report.details !== undefined && { deliveryDetails: report.details }),
    ...(report.attempts !== undefined && { deliveryAttempts: report.attempts }),
    ...(report.at && { reportedAt: report.at }),
  };
}

function finalState(status: string): "delivered" | "failed" | undefined {
  return (["delivered", "failed"] as const).find((state) => state === status.toLowerCase());
}

function rankOf(state: OutboxRow["state"] | undefined): number {
  return state === "delivered" ? 2 : state === "failed" ? 1 : 0;
}

function isNewer(at: Date | undefined, before: Date | undefined): boolean {
  return at !== undefined && (before === undefined || at > before);
}
