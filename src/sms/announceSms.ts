import { type AcsEvent, is } from "../events/acsEvent.ts";
import { smsReceived } from "../events/sms/smsReceived.ts";
import { numberKind } from "./numberKind.ts";
import { noteOptOutWord } from "./optOut/noteOptOutWord.ts";
import { rememberOurs } from "./ourNumbers.ts";
import { noteReport } from "./outbox/noteReport.ts";
import { knowConversation } from "./reading/knowConversation.ts";
import { textOf } from "./textOf.ts";

/**
 * What an archived SMS event changes before its jobs are handed out: which numbers are ours, who opted out, what became of a text that was
 * sent. Each can be done twice, and in any order.
 */
export async function announceSms(event: AcsEvent, _blob: string, arrivedAt: Date): Promise<void> {
  if (!is(smsReceived, event)) return noteReport(event, arrivedAt);
  const text = textOf(event, arrivedAt);
  await Promise.all([
    ...(numberKind(text.to) === "name" ? [] : [rememberOurs(text.to)]),
    noteOptOutWord(text),
    knowConversation({ ourNumber: text.to, theirNumber: text.from }, new Date(event.time ?? text.receivedAt)),
  ]);
}
