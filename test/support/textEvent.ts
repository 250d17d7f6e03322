import { eventGridEvent } from "../fixtures/eventFixtures.ts";

export const ourNumber = "+14255550100";

/** An SMSReceived event; its id is its messageId unless another is given. */
export function textEvent(messageId: string, data: Record<string, unknown> = {}, id = messageId) {
  const text = { messageId, from: "+14255550123", to: ourNumber, message: "When do you open?" };
  const receivedTimestamp = "2026-11-20T09:30:00Z";
  return eventGridEvent("SMSReceived", { ...text, receivedTimestamp, segmentCount: 1, ...data }, { id });
}

/** The same text as older publishers wrote it. */
export function pascalCaseText(messageId: string, id: string) {
  const entries = Object.entries(textEvent(messageId).data as object);
  const data = Object.fromEntries(
    entries.map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
  return eventGridEvent("SMSReceived", data, { id });
}
