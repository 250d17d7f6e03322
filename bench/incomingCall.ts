import { randomUUID } from "node:crypto";
import { BlobServiceClient } from "@azure/storage-blob";
import { postEvents } from "../dev/stack/postEvents.ts";
import { startStack } from "../dev/stack/startStack.ts";

/** Calls, how many ring at once, and the milliseconds within which 99 of 100 are decided. */
const [calls, atOnce, bound] = [400, 4, 1000];

/** From an IncomingCall that is delivered to the answer to Event Grid: archived, decided, redirected at ACS, settled. */
export async function incomingCall(): Promise<string[]> {
  const stack = await startStack();
  try {
    const { storageConnectionString, acs } = stack.addresses;
    const config = BlobServiceClient.fromConnectionString(storageConnectionString).getContainerClient("config");
    await config.createIfNotExists();
    const never = Array.from({ length: 99 }, (_, rule) => ({ from: [`+1425557${String(rule).padStart(4, "0")}`] }));
    const rules = [...never.map((rule) => ({ ...rule, reject: "busy" })), { redirect: { to: "+14255550188" } }];
    const document = JSON.stringify({ rules });
    await config.getBlockBlobClient("incoming-calls.json").upload(document, Buffer.byteLength(document));

    const url = stack.host.webhookUrl("incomingCallEvents");
    // The first one pays for the start of everything.
    await postEvents(url, [ringing()]);
    const waits: number[] = [];
    const caller = async () => {
      for (let call = 0; call < calls / atOnce; call++) {
        const started = performance.now();
        await postEvents(url, [ringing()]);
        waits.push(performance.now() - started);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, caller));
    waits.sort((a, b) => a - b);
    const at = (share: number) => Math.round(waits[Math.ceil(waits.length * share) - 1] ?? Number.POSITIVE_INFINITY);
    console.log(`  ${waits.length} calls: median ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`);
    const done = (await (await fetch(`${acs}/simulator/actions`)).json()) as unknown[];
    return [
      ...(done.length === calls + 1 ? [] : [`${done.length} actions instead of ${calls + 1}`]),
      ...(at(0.99) <= bound ? [] : [`p99 is ${at(0.99)} ms; the bound is ${bound} ms`]),
    ];
  } finally {
    await stack.close();
  }
}

function ringing() {
  const id = randomUUID();
  const number = (value: string) => ({ rawId: `4:${value}`, phoneNumber: { value } });
  return {
    id,
    topic: "/subscriptions/bench",
    subject: "/caller/4:+14255550123/recipient/4:+18335550100",
    eventType: "Microsoft.Communication.IncomingCall",
    eventTime: new Date().toISOString(),
    dataVersion: "1.0",
    data: {
      ...{ from: number("+14255550123"), to: number("+18335550100") },
      ...{ serverCallId: `call-${id}`, correlationId: id, incomingCallContext: `context-${id}` },
    },
  };
}
