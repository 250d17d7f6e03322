import { changeRow } from "../../storage/changeRow.ts";
import { type Fact, foldOutbox } from "./foldOutbox.ts";
import { type OutboxRow, outboxKey } from "./rows.ts";

/** Notes a fact of a text of the outbox. @returns the row as it is then; undefined for a text that is not in it */
export function learn(
  { from, to, outboxId }: { from: string; to: string; outboxId: string },
  fact: Fact,
): Promise<OutboxRow | undefined> {
  return changeRow<OutboxRow>(outboxKey(from, to, outboxId), (row) => row && foldOutbox(row, fact));
}
