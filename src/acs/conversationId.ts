import { AcsEventsError } from "../events/errors.ts";

/**
 * The conversationId of 2021, which is today's serverCallId, for a conversation's URL as `getConversationUrl()` of the calling SDK
 * gives it: its Base64Url, without padding. The URL is taken as it is, because ACS compares texts.
 * @throws AcsEventsError ACS_EVENTS_BAD_REQUEST (400) when it is no https URL
 */
export function conversationIdOf(conversationUrl: string): string {
  if (URL.parse(conversationUrl)?.protocol === "https:") return Buffer.from(conversationUrl).toString("base64url");
  throw new AcsEventsError(
    "ACS_EVENTS_BAD_REQUEST",
    "conversationUrl must be the https URL that getConversationUrl() of the calling SDK gives. If you have its Base64Url, give that as serverCallId.",
    { status: 400, target: "conversationUrl" },
  );
}
