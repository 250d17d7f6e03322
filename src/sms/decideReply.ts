import { isE164 } from "../events/phoneNumber.ts";
import type { AutoReplies } from "./autoReplies.ts";

/** A received text; numbers in E.164. */
export interface Text {
  from: string;
  to: string;
  message: string;
}

export type Decision = { reply: string } | { silence: string };

/**
 * The words that end or resume messages, of which carriers and ACS take care themselves. An answer to one of them is what
 * gets a sender blocked. https://learn.microsoft.com/azure/communication-services/concepts/sms/sms-faq#opt-out-handling
 */
const optOutWords = new Set([
  "STOP",
  "STOPALL",
  "UNSUBSCRIBE",
  "CANCEL",
  "END",
  "QUIT",
  "OPTOUT",
  "REVOKE",
  "START",
  "UNSTOP",
]);

/** Decides whether and what to answer to a text. Pure: the same text and rules give the same decision. */
export function decideReply({ from, to, message }: Text, { rules, fallback }: AutoReplies): Decision {
  if (from === to) return { silence: "sender and recipient are the same number" };
  if (!isE164(from)) return { silence: "the sender is a short code or a name" };
  if (
    optOutWords.has(
      message
        .normalize("NFKC")
        .replace(/[^\p{L}\p{N}]/gu, "")
        .toUpperCase(),
    )
  )
    return { silence: "an opt-out word" };
  const words = new Set(wordsOf(message));
  const rule = rules.find(({ keywords }) =>
    keywords.some((keyword) => wordsOf(keyword).every((word) => words.has(word))),
  );
  const reply = rule?.reply ?? fallback;
  return reply === undefined ? { silence: "no rule fits" } : { reply };
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
