import { createHash } from "node:crypto";
import { toE164 } from "../../events/phoneNumber.ts";
import { shortId } from "../../storage/keys.ts";
import { newestFirst } from "../../storage/newestFirst.ts";
import { putRows } from "../../storage/timeline.ts";

const hour = 3_600_000;

/**
 * Makes a conversation known to the list: one row for each hour in which something was said. The row derives from the hour and the
 * numbers, so writing it again changes nothing.
 */
export async function knowConversation(pair: { ourNumber: string; theirNumber: string }, at: Date): Promise<void> {
  const [ourNumber, theirNumber] = [shortId(toE164(pair.ourNumber)), shortId(toE164(pair.theirNumber))];
  const begin = Math.floor(at.getTime() / hour) * hour;
  const hash = createHash("sha256").update(`${ourNumber} ${theirNumber}`).digest("hex");
  await putRows([
    {
      partitionKey: `conversations:${new Date(begin).toISOString().slice(0, 7)}`,
      rowKey: `${newestFirst(begin)}_${hash}`,
      ourNumber,
      theirNumber,
    },
  ]);
}
