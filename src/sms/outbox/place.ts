import { settingOrDefault } from "../../config.ts";
import { conversation, person } from "../../events/entities.ts";
import { enqueue } from "../../storage/enqueue.ts";
import { tableKey } from "../../storage/keys.ts";
import { type Claim, claim } from "../../storage/ledger.ts";
import { putRows } from "../../storage/timeline.ts";
import { knowConversation } from "../reading/knowConversation.ts";
import { type OutboxRow, outboxKey } from "./rows.ts";

/**
 * Puts a text into the outbox, once: a second caller is shown the first one's row. What watches over it comes first, so that no
 * text is placed and forgotten.
 */
export async function place(id: string, row: OutboxRow): Promise<Claim<OutboxRow>> {
  const { from, to } = row;
  await watch({ from, to, id, turn: row.turn });
  const held = await claim(outboxKey(from, to, id), row);
  await list(id, held.row);
  return held;
}

/** Looks at the text again when its delivery report is overdue. */
export function watch(job: { from: string; to: string; id: string; turn: number }): Promise<void> {
  return enqueue("sms-watches", job, settingOrDefault("DELIVERY_REPORT_TIMEOUT_MINUTES"));
}

/** Shows the text in its conversation, and to the person. Its state is in its own row. */
async function list(id: string, { from, to, placedAt }: OutboxRow): Promise<void> {
  const time = placedAt.toISOString().replace("Z", "0000Z");
  const row = {
    rowKey: `${time}_${id}`,
    type: "SmsPlaced",
    family: "sms",
    time,
    summary: JSON.stringify({ id, from, to }),
  };
  const entities = [conversation(from, to), person(to)].filter((entity) => entity !== undefined);
  await putRows(entities.map((entity) => ({ partitionKey: tableKey(entity), ...row })));
  await knowConversation({ ourNumber: from, theirNumber: to }, placedAt);
}
