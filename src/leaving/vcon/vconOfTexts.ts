import { defined } from "../../events/defined.ts";
import { conversation } from "../../events/entities.ts";
import type { Ends } from "../../sms/reading/knowConversation.ts";
import { readConversation } from "../../sms/reading/readConversation.ts";
import type { ReceivedItem } from "../../sms/reading/receivedItem.ts";
import type { ReportItem } from "../../sms/reading/reportItem.ts";
import type { SentItem } from "../../sms/reading/sentItem.ts";
import { type OpenVcon, openVcon } from "./openVcon.ts";
import { vconDate } from "./vconDate.ts";

/** States of a text that went out, or may have. */
const wentOut: ReadonlySet<string> = new Set(["sent", "delivered", "unconfirmed"]);

/** The same text may come in two events, close to each other. */
const remembered = 1_000;

/** What two numbers wrote to each other. */
export async function vconOfTexts(root: string, host: string, ends: Ends) {
  const { ourNumber, theirNumber } = ends;
  const vcon = await openVcon({ root, host, folder: "texts", conversation: conversation(ourNumber, theirNumber) });
  const [ours, theirs] = [vcon.party(ourNumber), vcon.party(theirNumber)];
  const told = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await readConversation(ends, { pageSize: 100, after });
    for (const item of page.value as (ReceivedItem | SentItem | ReportItem)[]) {
      if (item.direction === "in" && !told.has(item.messageId)) {
        await say(vcon, item, [theirs, ours]);
        if (told.size > remembered) told.clear();
        told.add(item.messageId);
      }
      if (item.direction === "out" && wentOut.has(item.state)) await say(vcon, item, [ours, theirs]);
    }
    after = page.next;
    if (after === undefined) return vcon.close();
  }
}

function say(vcon: OpenVcon, { at, message, messageId }: ReceivedItem | SentItem, parties: number[]): Promise<number> {
  return vcon.dialog({
    type: "text",
    ...defined({ start: vconDate(at), message_id: messageId }),
    parties,
    ...{ mediatype: "text/plain", body: message, encoding: "none", application: "sms" },
  });
}
