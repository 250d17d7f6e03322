// Texts that the app sent: no event tells that one was placed. They go with RETENTION_EVENTS_DAYS, by the day on which they were placed; what
// leads to them, also after a crash, goes last:
//
//   words in the outbox ──► rows of the text ──► row of the index of conversations
import { conversation, person } from "../events/entities.ts";
import { type OutboxRow, outboxKey } from "../sms/outbox/rows.ts";
import { areTexts, timelineTime } from "../sms/reading/textRows.ts";
import { changeRow } from "../storage/changeRow.ts";
import { deleteRows, type RowKey } from "../storage/deleteRows.ts";
import { firstPartition } from "../storage/firstPartition.ts";
import { firstRows } from "../storage/firstRows.ts";
import { tableKey } from "../storage/keys.ts";
import { read } from "../storage/ledger.ts";
import { listRows } from "../storage/listRows.ts";
import { newestFirst, timeOfKey } from "../storage/newestFirst.ts";
import type { TimelineRow } from "../storage/readTimeline.ts";
import { undated } from "../storage/timeline.ts";
import { endAll } from "./endAll.ts";
import type { Limit } from "./limits.ts";
import type { Outcome, Work } from "./work.ts";

/** Texts that are placed in one conversation within a millisecond. */
const most = 50;

const withoutTime = { after: `${undated}_`, before: `${undated}_g`, where: areTexts };

const prefix = "conversations:";

/** The texts of one moment in one conversation. `blob`: how the log calls them. */
interface Moment {
  blob: string;
  indexed: RowKey;
  texts: { id: string; from: string; to: string; rowKey: string }[];
}

/** @returns whether all that is due was done */
export function endSentTexts(work: Work, { before }: Limit, slice: Parameters<typeof endAll>[2]): Promise<boolean> {
  return endAll(momentsBefore(before), (moment) => endMoment(work, moment), slice);
}

async function* momentsBefore(before: number): AsyncGenerator<Moment> {
  const end = `${prefix}${new Date(before).toISOString().slice(0, 7)}~`;
  for (let from = prefix; ; ) {
    const partitionKey = await firstPartition("timeline", from, end);
    if (partitionKey === undefined) return;
    from = `${partitionKey}~`;
    const filter = `PartitionKey eq '${partitionKey}' and RowKey gt '${newestFirst(before - 1)}_'`;
    for await (const row of listRows<{ conversation: string }>("timeline", filter)) {
      const moment = await momentAt({ partitionKey, rowKey: row.rowKey ?? "" }, row.conversation);
      if (moment) yield moment;
    }
  }
}

/** Undefined for a text that was received: its index row goes with its event. Without texts: a crash left the index row alone. */
async function momentAt(indexed: RowKey, partitionKey: string): Promise<Moment | undefined> {
  const at = timeOfKey(indexed.rowKey);
  const range = { partitionKey, after: timelineTime(at), before: timelineTime(at + 1), where: areTexts };
  const rows = await firstRows<TimelineRow>("timeline", range, most);
  const placed = rows.filter(({ type }) => type === "SmsPlaced");
  if (rows.length > 0 && placed.length === 0) return undefined;
  // One that came without a time of its own stands at none: perhaps it is of such a one.
  if (rows.length === 0 && (await firstRows("timeline", { partitionKey, ...withoutTime }, 1)).length > 0)
    return undefined;
  const texts = placed.map(({ summary = "{}", rowKey }) => {
    const { id = "", from = "", to = "" } = JSON.parse(summary) as { id?: string; from?: string; to?: string };
    return { id, from, to, rowKey };
  });
  return { blob: `outbox ${texts.map(({ id }) => id).join(" ")}`, indexed, texts };
}

async function endMoment(work: Work, { indexed, texts }: Moment): Promise<Outcome> {
  for (const { id, from, to, rowKey } of texts) {
    const entities = [conversation(from, to), person(to)].filter((entity) => entity !== undefined);
    if ((await work.held()).ofEvent({ entities, data: {} }) !== undefined) return "held";
    const key = outboxKey(from, to, id);
    if ((await read<OutboxRow>(key))?.row.state === "placed") return "unsettled";
    await changeRow<OutboxRow>(key, (row) => (row && row.message !== "" ? { message: "" } : undefined));
    // That of the conversation last: it leads to the others.
    const rows = entities.map((entity) => ({ partitionKey: tableKey(entity), rowKey })).toReversed();
    for (const row of rows) await deleteRows("timeline", [row]);
  }
  await deleteRows("timeline", [indexed]);
  return "ended";
}
