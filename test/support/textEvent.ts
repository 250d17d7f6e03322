import { eventGridEvent } from "../fixtures/eventFixtures.ts";

export const ourNumber = "+14255550100";

/** A while ago, and the same in all runs of a test file: a late text is not answered. */
const receivedTimestamp = new Date(Date.now() - 60_000).toISOString();

/** An SMSReceived event; its id is its messageId unless another is given. */
export function textEvent(messageId: string, data: Record<string, unknown> = {}, id = messageId) {
  const text = { messageId, from: "+14255550123", to: ourNumber, message: "When do you open?" };
  return eventGridEvent("SMSReceived", { ...text, receivedTimestamp, segmentCount: 1, ...data }, { id });
}

/** The same text as older publishers wrote it. */
export function pascalCaseText(messageId: string, id: string, text: Record<string, unknown> = {}) {
  const entries = Object.entries(textEvent(messageId, text).data as object);
  const data = Object.fromEntries(
    entries.map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
  return eventGridEvent("SMSReceived", data, { id });
}
