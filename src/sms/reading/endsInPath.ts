import { AcsEventsError } from "../../events/errors.ts";
import { parseNumber } from "../../events/parseNumber.ts";
import { isE164 } from "../../events/phoneNumber.ts";
import type { Ends } from "./knowConversation.ts";

/** Names of senders have 11 characters at most; carriers elsewhere are not that strict. */
const senderName = /^(?=.*\p{L})[\p{L}\p{N} &+_.-]{1,40}$/u;

/**
 * The ends that a path names, as events name them.
 * @throws AcsEventsError ACS_EVENTS_BAD_REQUEST (400) that names the one that is none
 */
export function endsInPath({ ourNumber = "", theirNumber = "" }: Record<string, string>): Ends {
  return { ourNumber: endIn("ourNumber", ourNumber), theirNumber: endIn("theirNumber", theirNumber) };
}

/** An end of a conversation as a caller wrote it; undefined when it is none. */
export function parseEnd(text: string): string | undefined {
  // A number with `+` is taken as it is, also one with a country code that does not exist: events came with it.
  const plain = text.replace(/[\s().-]/g, "");
  return parseNumber(text) ?? (isE164(plain) ? plain : senderName.test(text) ? text : undefined);
}

function endIn(target: string, text: string): string {
  const end = parseEnd(text);
  if (end !== undefined) return end;
  throw new AcsEventsError(
    "ACS_EVENTS_BAD_REQUEST",
    `${target} is no phone number with its country code (+14255550100), no short code and no name of a sender. GET /api/sms lists the conversations.`,
    { status: 400, target },
  );
}
