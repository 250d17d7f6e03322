// Which call is meant. ACS answers a wrong id with a bare 400 or 404; what can be said of the id itself is said here.
import { AcsEventsError } from "../events/errors.ts";

export interface CallLocator {
  kind: "serverCallId" | "groupCallId" | "roomId" | "callConnectionId";
  id: string;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Refuses a serverCallId that cannot be one: Base64 instead of Base64Url, or a URL that is not encoded. Any other is opaque.
 * @param target how the caller named it
 * @throws AcsEventsError ACS_EVENTS_NOT_A_SERVER_CALL_ID (400)
 */
export function checkServerCallId(id: string, target: "serverCallId" | "conversationId"): void {
  const found = URL.canParse(id)
    ? "This is a conversation's URL. Encode it as Base64Url (`npm run conversation-id -- URL`), or give it as conversationUrl of POST /api/recordings."
    : /[+/=]/.test(id)
      ? "This is Base64 with +, / or =, as btoa gives it. Base64Url is wanted: - for +, _ for /, and no = at the end (`npm run conversation-id -- URL`)."
      : undefined;
  if (found) throw new AcsEventsError("ACS_EVENTS_NOT_A_SERVER_CALL_ID", found, { status: 400, target });
}

/** What to say of the id of a call that ACS does not take. */
export function adviceOn({ kind, id }: CallLocator): string {
  if (kind === "serverCallId" && guid.test(id)) {
    return "This looks like a callConnectionId, not a serverCallId. Take data.serverCallId of the CallStarted event, or give it as callConnectionId; a correlationId is neither.";
  }
  if (kind === "serverCallId" && !isEncodedUrl(id)) {
    return "A serverCallId is the Base64Url of a conversation's URL; this one decodes to none. Take data.serverCallId of the CallStarted event.";
  }
  if (kind !== "serverCallId" && isEncodedUrl(id)) {
    return `This looks like a serverCallId, not a ${kind}. Give it as serverCallId.`;
  }
  if (kind === "groupCallId" && !guid.test(id)) {
    return "A groupCallId is the GUID with which the callers joined, data.group.id of the CallStarted event.";
  }
  return "The call may have ended, or belong to another ACS resource.";
}

function isEncodedUrl(id: string): boolean {
  return URL.canParse(Buffer.from(id, "base64url").toString("utf8"));
}
