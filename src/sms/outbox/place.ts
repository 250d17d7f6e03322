import { settingOrDefault } from "../../config.ts";
import { conversation, person } from "../../events/entities.ts";
import { tableKey } from "../../storage/keys.ts";
import { claim, read } from "../../storage/ledger.ts";
import { putRows } from "../../storage/timeline.ts";
import { count } from "../../telemetry/metrics.ts";
import { knowConversation } from "../reading/knowConversation.ts";
import { refuseErased } from "./erasedText.ts";
import { type OutboxRow, outboxKey } from "./rows.ts";
import { enqueueTurn, noteEnds, type TextTurn } from "./textTurn.ts";

/**
 * Puts a text into the outbox, once: a second caller is shown the first one's row. What watches over it comes first, so that no
 * text is placed and forgotten.
 */
export async function place(id: string, row: OutboxRow): Promise<OutboxRow> {
  const { from, to } = row;
  await noteEnds(id, row);
  await watch({ from, to, outboxId: id, turn: row.turn });
  const held = await claim(outboxKey(from, to, id), row);
  if (held.won) count("acs_events.replies", { outcome: held.row.state });
  await list(id, held.row);
  return held.row;
}

/**
 * The row of a text that was placed, or kept silent, before; undefined if it was not.
 * @throws AcsEventsError ACS_EVENTS_ERASED (410) when it was erased since
 */
export async function readPlaced(from: string, to: string, id: string): Promise<OutboxRow | undefined> {
  const row = (await read<OutboxRow>(outboxKey(from, to, id)))?.row;
  // Who placed it may have been cut off before it was listed.
  if (row) await Promise.all([list(id, row), noteEnds(id, row)]);
  else await refuseErased(id);
  return row;
}

/** Looks at the text again when its delivery report is overdue. */
export function watch(job: TextTurn): Promise<void> {
  return enqueueTurn("sms-watches", job, settingOrDefault("DELIVERY_REPORT_TIMEOUT_MINUTES"));
}

/** Shows the text in its conversation, and to the person; one that has no words is none. Its state is in its own row. */
async function list(id: string, { from, to, placedAt, message }: OutboxRow): Promise<void> {
  if (message === "") return;
  const time = placedAt.toISOString().replace("Z", "0000Z");
  const summary = JSON.stringify({ id, from, to });
  const row = { rowKey: `${time}_${id}`, type: "SmsPlaced", family: "sms", time, summary };
  const entities = [conversation(from, to), person(to)].filter((entity) => entity !== undefined);
  await putRows(entities.map((entity) => ({ partitionKey: tableKey(entity), ...row })));
  await knowConversation({ ourNumber: from, theirNumber: to }, placedAt);
}
