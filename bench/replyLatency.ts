import { randomUUID } from "node:crypto";
import { postEvents } from "../dev/stack/postEvents.ts";
import { startStack } from "../dev/stack/startStack.ts";

/** Texts, how many of them a minute, and the milliseconds within which 95 of 100 are answered. */
const [texts, perMinute, bound] = [120, 150, 3000];

/** From a text that is received to its reply at ACS, with Azure's own delays of queues. */
export async function replyLatency(): Promise<string[]> {
  const stack = await startStack({ delayScale: 1 });
  try {
    const url = stack.host.webhookUrl("smsEvents");
    const receivedAt = new Map<string, number>();
    for (let number = 0; number <= texts; number++) {
      const from = `+1425556${String(number).padStart(4, "0")}`;
      receivedAt.set(from, Date.now());
      await postEvents(url, [text(from)]);
      await new Promise((resolve) => setTimeout(resolve, 60_000 / perMinute));
    }
    await stack.idle();
    // The first one pays for the start of everything.
    const waits = stack.acs
      .messages()
      .map(({ to, sentAt }) => Date.parse(sentAt) - (receivedAt.get(to) ?? 0))
      .slice(1)
      .sort((a, b) => a - b);
    const at = (share: number) => waits[Math.ceil(waits.length * share) - 1] ?? Number.POSITIVE_INFINITY;
    console.log(`  ${waits.length} replies: median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`);
    return [
      ...(waits.length === texts ? [] : [`${waits.length} replies instead of ${texts}`]),
      ...(at(0.95) <= bound ? [] : [`p95 is ${at(0.95)} ms; the bound is ${bound} ms`]),
    ];
  } finally {
    await stack.close();
  }
}

function text(from: string) {
  const messageId = `Incoming_${randomUUID()}`;
  const receivedTimestamp = new Date().toISOString();
  return {
    id: messageId,
    topic: "/subscriptions/bench",
    subject: "/phonenumber/14255550100",
    eventType: "Microsoft.Communication.SMSReceived",
    eventTime: receivedTimestamp,
    dataVersion: "1.0",
    metadataVersion: "1",
    data: { messageId, from, to: "+14255550100", message: "When do you open?", receivedTimestamp },
  };
}
