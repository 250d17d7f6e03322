import type { Item } from "../../calls/threads/foldItem.ts";
import type { MessageItem } from "../../calls/threads/foldMessage.ts";
import { readItems } from "../../calls/threads/readItems.ts";
import { readThread } from "../../calls/threads/readThread.ts";
import { defined } from "../../events/defined.ts";
import { participantsOfThread } from "../records/participantsOfThread.ts";
import { type OpenVcon, openVcon } from "./openVcon.ts";
import type { Dialog } from "./vcon.ts";
import { vconDate } from "./vconDate.ts";

type History = NonNullable<Dialog["party_history"]>;

/** A chat thread. Each version of a message is what was said at its time; who came and left stands at what was said next. */
export async function vconOfThread(root: string, host: string, threadId: string) {
  const vcon = await openVcon({ root, host, folder: "threads", conversation: `thread:${threadId}` });
  const thread = await readThread(threadId);
  const deleted: { messageId: string; deletedAt?: string }[] = [];
  let history: History = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = await readItems(threadId, { pageSize: 100, after });
    for (const item of page.value) {
      if (item.kind !== "message") history.push(...historyOf(item, vcon));
      else {
        await say(item, vcon, history);
        history = [];
        if (item.deleted) deleted.push(defined({ messageId: item.messageId, deletedAt: item.deletedAt }));
      }
    }
    after = page.next;
    more = after !== undefined;
  }
  if (history.length > 0) {
    // Nothing was said any more: a dialog without content (draft 4.3).
    const parties = [...new Set(history.map(({ party }) => party))];
    await vcon.dialog({ type: "text", ...defined({ start: history[0]?.time }), parties, party_history: history });
  }
  vcon.attach("Thread: topic, participants, and which messages were deleted", {
    ...participantsOfThread(threadId, thread),
    ...(deleted.length > 0 && { deleted }),
  });
  return vcon.close(thread.topic);
}

async function say(item: MessageItem, vcon: OpenVcon, history: History): Promise<void> {
  const from = vcon.party(item.sender.id, item.sender.displayName);
  const mediatype = item.type?.toLowerCase() === "html" ? "text/html" : "text/plain";
  const versions = item.versions ?? [defined({ at: item.at, text: item.text })];
  for (const [place, { at, text }] of versions.entries()) {
    await vcon.dialog({
      type: "text",
      ...defined({ start: vconDate(at) }),
      parties: [from],
      ...(text !== undefined && ({ mediatype, body: text, encoding: "none" } as const)),
      ...(place === 0 && history.length > 0 && { party_history: history }),
      ...{ message_id: item.messageId, application: "chat" },
    });
  }
}

function historyOf(item: Exclude<Item, MessageItem>, vcon: OpenVcon): History {
  const time = vconDate(item.at);
  if (time === undefined) return [];
  const event = item.kind === "participantRemoved" ? "drop" : "join";
  const who = [...(item.participant ? [item.participant] : []), ...(item.participants ?? [])];
  return who.map(({ id, displayName }) => ({ party: vcon.party(id, displayName), time, event }));
}
