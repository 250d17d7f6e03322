import { changeRow } from "../../storage/changeRow.ts";
import { count } from "../../telemetry/metrics.ts";
import { type Fact, foldOutbox } from "./foldOutbox.ts";
import { type OutboxRow, outboxKey } from "./rows.ts";

/** Notes a fact of a text of the outbox. @returns the row as it is then; undefined for a text that is not in it */
export async function learn(
  { from, to, outboxId }: { from: string; to: string; outboxId: string },
  fact: Fact,
): Promise<OutboxRow | undefined> {
  let reached: OutboxRow["state"] | undefined;
  const now = await changeRow<OutboxRow>(outboxKey(from, to, outboxId), (row) => {
    const change = row && foldOutbox(row, fact);
    reached = change?.state === row?.state ? undefined : change?.state;
    return change;
  });
  if (reached) count("acs_events.replies", { outcome: reached });
  return now;
}
