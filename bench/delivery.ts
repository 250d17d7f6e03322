import { randomUUID } from "node:crypto";
import { readdirSync, readlinkSync } from "node:fs";
import { postEvents } from "../dev/stack/postEvents.ts";
import { startStack } from "../dev/stack/startStack.ts";
import { openStore } from "../dev/stack/store.ts";
import { residentMemory } from "./residentMemory.ts";

/** Event Grid's largest batch, and the seconds that it waits for the answer. */
const [events, patience] = [5_000, 30];
/** Sockets that the app may have at once. */
const maxSockets = 200;

/** One delivery of 5,000 different texts is archived before Event Grid would deliver it again. Each of them is to be answered, too. */
export async function delivery(): Promise<string[]> {
  const stack = await startStack({ data: `.local/bench-${randomUUID()}` });
  try {
    const url = stack.host.webhookUrl("smsEvents");
    await postEvents(url, [text(0)]);
    await stack.idle();
    const before = residentMemory(stack.host.pid()).now;
    let sockets = 0;
    const looking = setInterval(() => {
      sockets = Math.max(sockets, openSockets(stack.host.pid()));
    }, 250);
    const batch = Array.from({ length: events }, (_, index) => text(index));
    const started = performance.now();
    const status = await postEvents(url, batch);
    const seconds = (performance.now() - started) / 1000;
    clearInterval(looking);
    const archived = (await openStore(stack.addresses.storageConnectionString).names("events", "sms/SMSReceived/"))
      .length;
    const { now, peak } = residentMemory(stack.host.pid());
    console.log(`  ${events} events answered ${status} in ${seconds.toFixed(1)} s, at most ${sockets} sockets`);
    console.log(
      `  resident memory: ${before.toFixed(0)} MB before, ${now.toFixed(0)} MB after, at most ${peak.toFixed(0)} MB`,
    );
    return [
      ...(status === 202 ? [] : [`answered ${status}`]),
      ...(archived === events + 1 ? [] : [`${archived} events archived instead of ${events + 1}`]),
      ...(seconds <= patience ? [] : [`took ${seconds.toFixed(1)} s; Event Grid waits ${patience} s`]),
      ...(sockets <= maxSockets ? [] : [`${sockets} sockets; the bound is ${maxSockets}`]),
    ];
  } finally {
    await stack.close();
  }
}

function text(index: number) {
  const id = `Incoming_${randomUUID()}`;
  return {
    id,
    topic: "/subscriptions/bench",
    subject: "/phonenumber/18335550100",
    eventType: "Microsoft.Communication.SMSReceived",
    eventTime: new Date().toISOString(),
    dataVersion: "1.0",
    metadataVersion: "1",
    data: {
      messageId: id,
      from: `+1425555${String(index).padStart(4, "0")}`,
      to: "+18335550100",
      message: `Text number ${index}`,
      receivedTimestamp: new Date().toISOString(),
    },
  };
}

function openSockets(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith("socket:");
    } catch {
      return false;
    }
  }).length;
}
