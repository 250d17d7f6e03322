import { AcsEventsError } from "../../events/errors.ts";
import { parseNumber } from "../../events/parseNumber.ts";
import { isE164, toE164 } from "../../events/phoneNumber.ts";
import { isSenderName } from "../numberKind.ts";

/** The sender of a text: a number, a short code or a name. @throws AcsEventsError ACS_EVENTS_BAD_REQUEST (400) */
export function senderOf(text: string): string {
  const number = parseNumber(text);
  if (number) return number;
  if (isSenderName(text.trim())) return text.trim();
  throw new AcsEventsError(
    "ACS_EVENTS_BAD_REQUEST",
    "from is no number with a country code (+18335550100), no short code, and no name of at most 11 letters and digits.",
    { status: 400, target: "from" },
  );
}

/** Each recipient once, in E.164. @throws AcsEventsError ACS_EVENTS_BAD_REQUEST (400) that names the first one that is no number */
export function recipientsOf(texts: readonly string[]): string[] {
  const numbers = texts.map((text, index) => {
    const number = toE164(parseNumber(text) ?? "");
    if (isE164(number)) return number;
    const message = `to[${index}] is no phone number with a country code, such as +14255550123. Nothing was sent.`;
    throw new AcsEventsError("ACS_EVENTS_BAD_REQUEST", message, { status: 400, target: `to[${index}]` });
  });
  return [...new Set(numbers)];
}
