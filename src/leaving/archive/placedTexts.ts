// Texts that went out. No event tells that one was placed; the index of conversations has a row for each.
import type { KnownRow } from "../../sms/reading/knowConversation.ts";
import { summaryOf, timelineTime } from "../../sms/reading/textRows.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { listRows } from "../../storage/listRows.ts";
import { newestFirst, timeOfKey } from "../../storage/newestFirst.ts";
import type { TimelineRow } from "../../storage/readTimeline.ts";
import type { SentText } from "../records/touched.ts";

/** Texts that are placed in one conversation within a millisecond. */
const most = 50;

/** The texts that were placed between two times (milliseconds since 1970), `to` not included, the newest of each month first. */
export async function* placedTexts(from: number, to: number): AsyncGenerator<SentText> {
  for (const month of monthsOf(from, to)) {
    const range = `RowKey gt '${newestFirst(to - 1)}_' and RowKey lt '${newestFirst(from)}_g'`;
    for await (const row of listRows<KnownRow>("timeline", `PartitionKey eq 'conversations:${month}' and ${range}`)) {
      const at = timeOfKey(row.rowKey ?? "");
      const within = {
        partitionKey: row.conversation,
        after: timelineTime(at),
        before: timelineTime(at + 1),
        where: "type eq 'SmsPlaced'",
      };
      for (const placed of await firstRows<TimelineRow>("timeline", within, most)) {
        const { id } = summaryOf(placed);
        if (id) yield { from: row.ourNumber, to: row.theirNumber, id };
      }
    }
  }
}

function monthsOf(from: number, to: number): string[] {
  const months: string[] = [];
  const at = new Date(from);
  for (at.setUTCDate(1), at.setUTCHours(0, 0, 0, 0); at.getTime() < to; at.setUTCMonth(at.getUTCMonth() + 1)) {
    months.push(at.toISOString().slice(0, 7));
  }
  return months;
}
