import type { JobPreview } from "../../intake/jobPreview.ts";
import { read } from "../../storage/ledger.ts";
import { type OutboxRow, outboxKey } from "./rows.ts";
import type { TextTurn } from "./textTurn.ts";

/** How a text of the outbox stands; undefined when it is not in it. */
export async function previewSend({ from, to, outboxId }: Omit<TextTurn, "turn">): Promise<JobPreview | undefined> {
  const row = (await read<OutboxRow>(outboxKey(from, to, outboxId)))?.row;
  if (!row) return undefined;
  if (row.state === "placed") return { done: false, says: "placed in the outbox, not sent yet" };
  return {
    done: true,
    says: row.state === "silent" ? `no answer: ${row.reason ?? "so decided"}` : `already ${row.state}`,
  };
}
