// What events of a slice tell of, each thing once: records that one event tells whole, and names of what is folded from several.
import { join } from "node:path";
import type { CallName } from "../../events/callName.ts";
import type { Ends } from "../../sms/reading/knowConversation.ts";
import { openSpool } from "../disk/spool.ts";
import type { DeliveryReport } from "../schemas/deliveryReport.ts";
import type { Message } from "../schemas/message.ts";

/** A text of ours, as the outbox knows it. */
export interface SentText {
  from: string;
  to: string;
  id: string;
}

/** A message as it is, or where it is read. */
export type ToldMessage = { whole: Message } | { chat: { threadId: string; key: string } } | { sent: SentText };

/** @param folder a folder that is emptied */
export async function openTouched(folder: string) {
  const open = <T>(name: string) => openSpool<T>(join(folder, name));
  return {
    messages: await open<ToldMessage>("messages"),
    reports: await open<DeliveryReport>("reports"),
    /** Names that events give; several may be of one call. */
    calls: await open<CallName>("calls"),
    threads: await open<string>("threads"),
    recordings: await open<string>("recordings"),
    texts: await open<Ends>("texts"),
  };
}

export type Touched = Awaited<ReturnType<typeof openTouched>>;
