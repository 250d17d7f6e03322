import { BlobServiceClient } from "@azure/storage-blob";
import { postEvents } from "../dev/stack/postEvents.ts";
import { type Stack, startStack } from "../dev/stack/startStack.ts";
import type { Family } from "../src/events/families.ts";
import { countOperations, type OperationCounter } from "./countOperations.ts";
import { callOf, chatMessage, type ExampleEvent, incomingCall, plainEvents, recording, text } from "./exampleEvents.ts";
import { idleCost } from "./idleCost.ts";
import { costOf, eventPrice, executionPrice, gigabyteSecondPrice, instanceGigabytes, pricesFrom } from "./prices.ts";
import { printTable } from "./printTable.ts";
import { processorTime } from "./processorTime.ts";

/** One thing that happens, as a number of events; what the app makes of it is counted until all is done. */
interface Happening {
  what: string;
  family: Family;
  /** Events that ACS sends by itself, such as a delivery report. */
  more?: number;
  events: (stack: Stack) => ExampleEvent[] | Promise<ExampleEvent[]>;
}

const kept: Happening[] = [
  { what: "sms: a text, kept only", family: "sms", events: () => [text()] },
  { what: "chat: a message to a chat of two, 3 events", family: "chat", events: chatMessage },
  { what: "call: of 4 participants, 10 events", family: "call", events: () => callOf(4) },
  { what: "incomingCall: kept only", family: "incomingCall", events: () => [incomingCall()] },
  { what: "recording: kept only, no chunk", family: "recording", events: () => [recording([])] },
  ...Object.entries(plainEvents).map(([family, make]) => ({
    ...{ what: `${family}: kept`, family: family as Family, events: () => [make()] },
  })),
  { what: "any: delivered a second time", family: "presence", events: again(plainEvents.presence()) },
  { what: "any: refused, to quarantine", family: "sms", events: () => [{ ...text(), data: { message: "no sender" } }] },
];

const actedUpon: Happening[] = [
  { what: "sms: a text, its reply, the report", family: "sms", more: 1, events: () => [text()] },
  { what: "incomingCall: decided and redirected", family: "incomingCall", events: () => [incomingCall()] },
  {
    what: "recording: one chunk of 1 MiB saved",
    family: "recording",
    events: async ({ acs }) => {
      const documentId = `0-bench-d1-${crypto.randomUUID()}`;
      const { sha256: _, ...chunk } = await acs.addRecording({ documentId, bytes: 1024 * 1024, seed: 1 });
      return [recording([chunk])];
    },
  },
];

/** Of each happening, after two that pay for what is loaded and made once. */
const times = 8;

/** What events cost in storage operations, processor time and dollars. It has no bound: the numbers are for docs/scale.md. */
export async function operations(): Promise<string[]> {
  const { rows: plain } = await onStack({ AUTO_REPLY: "off", INCOMING_CALLS: "off" }, kept);
  const { rows, idle } = await onStack({}, actedUpon);
  const head = [
    "one of",
    "blob write",
    "read",
    "other",
    "table read",
    "write",
    "batch",
    "rows",
    "queue",
    "runs",
    "CPU ms",
  ];
  printTable([...head, "storage $", "all $"], [...plain, ...rows]);
  console.log(
    `  "other" are HEAD requests and the like; "queue" is put, get and delete; "runs" are executions of functions.`,
  );
  console.log(`  $: per million of them, ${pricesFrom}; "all" adds Event Grid,`);
  console.log("  executions, and the CPU time as that of instances that are never idle.");
  printTable(["in a day in which nothing happens", "runs", "operations a run", "a day", "$ a day"], idle);
  return [];
}

async function onStack(settings: Record<string, string>, happenings: readonly Happening[]) {
  const counter = await countOperations();
  const stack = await startStack({ ways: counter.ways, settings, delayScale: 0.01, timers: false });
  try {
    await writeRules(stack);
    const rows: string[][] = [];
    for (const happening of happenings) rows.push(await measure(stack, counter, happening));
    return { rows, idle: await idleCost(stack, counter) };
  } finally {
    await stack.close();
    counter.close();
  }
}

async function measure(stack: Stack, counter: OperationCounter, happening: Happening): Promise<string[]> {
  const { what, family, more = 0, events } = happening;
  const url = stack.host.webhookUrl(`${family}Events`);
  let each = 0;
  const happen = async (count: number) => {
    for (let time = 0; time < count; time++) {
      const made = await events(stack);
      each = made.length + more;
      for (const event of made) {
        const status = await postEvents(url, [event]);
        if (status !== 202) throw new Error(`${what}: answered ${status}`);
      }
      await stack.idle();
    }
  };
  await happen(2);
  counter.take();
  counter.log();
  const [started, processor] = [stack.host.started(), processorTime(stack.host.pid())];
  await happen(times);
  const counts = counter.take();
  if (process.env.BENCH_REQUESTS) console.log(`${what}\n    ${counter.log().slice(0, 60).join("\n    ")}`);
  const runs = (stack.host.started() - started) / times;
  const seconds = (processorTime(stack.host.pid()) - processor) / times;
  const storage = costOf(counts) / times;
  const all = storage + each * eventPrice + runs * executionPrice + seconds * instanceGigabytes * gigabyteSecondPrice;
  const { blobWrite, blobList, blobRead, blobOther, tableRead, tableWrite, tableBatch, rows } = counts;
  const queue = counts.queuePut + counts.queueGet + counts.queueDelete + counts.queueOther;
  const number = (count: number) => (count / times).toFixed(1).replace(/\.0$/, "");
  const cells = [blobWrite + blobList, blobRead, blobOther, tableRead, tableWrite, tableBatch, rows, queue].map(number);
  return [what, ...cells, number(runs * times), (seconds * 1000).toFixed(1), dollars(storage), dollars(all)];
}

const dollars = (perOne: number) => (perOne * 1e6).toFixed(2);

/** The same event each time. */
function again(event: ExampleEvent): () => ExampleEvent[] {
  return () => [event];
}

/** Every call that rings is redirected. */
async function writeRules(stack: Stack): Promise<void> {
  const service = BlobServiceClient.fromConnectionString(stack.addresses.storageConnectionString);
  const config = service.getContainerClient("config");
  await config.createIfNotExists();
  const document = JSON.stringify({ rules: [{ redirect: { to: "+14255550188" } }] });
  await config.getBlockBlobClient("incoming-calls.json").upload(document, Buffer.byteLength(document));
}
