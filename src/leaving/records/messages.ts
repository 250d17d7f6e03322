// Messages in one form, whatever channel they went through.

import { foldItem } from "../../calls/threads/foldItem.ts";
import { readFragments } from "../../calls/threads/readFragments.ts";
import { transcriptOf } from "../../calls/threads/rows.ts";
import type { EventOf } from "../../events/acsEvent.ts";
import { defined } from "../../events/defined.ts";
import type { advancedMessageReceived } from "../../events/messaging/advancedMessageReceived.ts";
import { toE164 } from "../../events/phoneNumber.ts";
import type { smsReceived } from "../../events/sms/smsReceived.ts";
import { type OutboxRow, outboxKey } from "../../sms/outbox/rows.ts";
import { read } from "../../storage/ledger.ts";
import type { Message } from "../schemas/message.ts";
import { shownTime } from "./shownTime.ts";
import type { SentText } from "./touched.ts";

/** Events of one message that are read, as many as a transcript reads. */
const maxFragments = 100;

export function receivedText({ data, time }: EventOf<typeof smsReceived>): Message {
  const [ours, theirs] = [toE164(data.to), toE164(data.from)];
  return {
    id: `sms:${theirs}:${ours}:${data.messageId}`,
    channel: "sms",
    conversation: `sms:${ours}:${theirs}`,
    direction: "in",
    providerMessageId: data.messageId,
    from: { id: theirs },
    to: [{ id: ours }],
    ...defined({ at: shownTime(data.receivedTimestamp, time), text: data.message }),
    contentType: "text",
  };
}

/** A text of ours as the outbox has it now; undefined when there is none, or it was decided not to answer. */
export async function sentText({ from, to, id }: SentText): Promise<(Message & { open: boolean }) | undefined> {
  const row = (await read<OutboxRow>(outboxKey(from, to, id)))?.row;
  if (!row || row.message === "") return undefined;
  return {
    id: `sms:${from}:${to}:${id}`,
    channel: "sms",
    conversation: `sms:${from}:${to}`,
    direction: "out",
    from: { id: from },
    to: [{ id: to }],
    at: row.placedAt.toISOString(),
    text: row.message,
    contentType: "text",
    state: row.state,
    ...defined({ providerMessageId: row.messageId, sentAt: row.sentAt?.toISOString(), rule: row.rule || undefined }),
    open: row.state === "placed" || row.state === "sent" || row.state === "unconfirmed",
  };
}

/** A chat message of all that its events said; undefined when nothing of it is kept. */
export async function chatMessage(threadId: string, key: string): Promise<Message | undefined> {
  const range = { partitionKey: transcriptOf(threadId), after: `f_${key}_`, before: `f_${key}_g` };
  const { fragments } = await readFragments(range, maxFragments);
  const item = fragments.length > 0 ? foldItem(fragments) : undefined;
  if (item?.kind !== "message") return undefined;
  return {
    id: `thread:${threadId}:${item.messageId}`,
    channel: "chat",
    conversation: `thread:${threadId}`,
    providerMessageId: item.messageId,
    from: defined({ id: item.sender.id, name: item.sender.displayName }),
    to: [],
    ...defined({
      at: item.at,
      text: item.text,
      contentType: item.type?.toLowerCase(),
      metadata: item.metadata,
      versions: item.versions?.map(({ at, text, original }) => defined({ at, text, original })),
      deleted: item.deleted,
      deletedAt: item.deletedAt,
      incomplete: item.missing,
    }),
  };
}

export function whatsAppMessage({ data, time, identity }: EventOf<typeof advancedMessageReceived>): Message {
  const { media, reaction, context, button, interactive } = data;
  const metadata = defined({ media, reaction, context, button, interactive });
  return {
    // The samples of the documentation have no messageId.
    id: `whatsapp:${data.to}:${data.from}:${data.messageId ?? identity}`,
    channel: "whatsapp",
    conversation: `whatsapp:${data.to}:${data.from}`,
    direction: "in",
    from: { id: data.from },
    to: [{ id: data.to }],
    ...defined({
      providerMessageId: data.messageId,
      at: shownTime(data.receivedTimestamp, time),
      text: data.content,
      contentType: data.messageType,
      metadata: Object.keys(metadata).length > 0 ? metadata : undefined,
    }),
  };
}
