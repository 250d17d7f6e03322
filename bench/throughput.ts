import { randomUUID } from "node:crypto";
import { TableClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import { Semaphore } from "async-mutex";
import { postEvents } from "../dev/stack/postEvents.ts";
import { type Stack, startStack } from "../dev/stack/startStack.ts";
import { accept } from "../src/events/accept.ts";
import type { Family } from "../src/events/families.ts";
import { archiveName } from "../src/storage/archive.ts";
import { callOf, chatMessage, type ExampleEvent, incomingCall, plainEvents, text } from "./exampleEvents.ts";
import { interleave, quantile } from "./interleave.ts";
import { printTable } from "./printTable.ts";
import { processorTime } from "./processorTime.ts";

/** Events of a delivery, as the subscriptions ask for, deliveries at once, rounds of them, and single events. */
const [events, atOnce, rounds, singles] = [100, 3, 10, 200];
/** Of the speed of the same writes without the app. */
const goal = 0.8;

/** Events archived a second, relative to the same blobs and rows written by Azure's SDKs and nothing else; and how long single events take. */
export async function throughput(): Promise<string[]> {
  const stack = await startStack({ timers: false, settings: { AUTO_REPLY: "off" } });
  try {
    const url = stack.host.webhookUrl("emailEvents");
    const write = await rawWriter(stack.addresses.storageConnectionString);
    const batch = () => Array.from({ length: events }, plainEvents.email);
    const archived = (made: ExampleEvent[]) => deliver(url, made);
    const raw = async (made: ExampleEvent[]) => void (await Promise.all(made.map(write)));
    const batches = () => Array.from({ length: atOnce }, batch);
    const ways = {
      app: () => Promise.all(batches().map(archived)),
      raw: () => raw(batches().flat()),
    };
    await interleave(ways, 3);
    const bulk = await interleave(ways, rounds);
    const alone = await interleave(
      { app: () => archived([plainEvents.email()]), raw: () => write(plainEvents.email()) },
      singles,
    );

    const speed = (times: readonly number[]) => (atOnce * events * 1000) / quantile(times);
    // Round by round, as a busy machine changes between them.
    const ratio = quantile(bulk.app.map((time, round) => (bulk.raw[round] ?? Number.NaN) / time));
    const row = (what: string, cells: [number, number, number], digits: number) => [
      what,
      ...cells.map((cell) => cell.toFixed(digits)),
    ];
    const of = (measured: number, base: number): [number, number, number] => [measured, base, measured / base];
    printTable(
      ["", "webhook to archived", "raw writes", "ratio"],
      [
        [...row("events a second", of(speed(bulk.app), speed(bulk.raw)), 0).slice(0, 3), ratio.toFixed(2)],
        row("one event, median ms", of(quantile(alone.app), quantile(alone.raw)), 1),
        row("one event, p99 ms", of(quantile(alone.app, 0.99), quantile(alone.raw, 0.99)), 1),
      ],
    );
    console.log(`  ${rounds} times ${atOnce} deliveries at once of ${events} events, ${singles} deliveries of one`);
    await printInstances(stack);
    console.log(
      `  goal: at least ${goal.toFixed(2)} of the events a second of the raw writes; it is ${ratio.toFixed(2)}`,
    );
    return ratio >= goal ? [] : [`${ratio.toFixed(2)} of the speed of the raw writes`];
  } finally {
    await stack.close();
  }
}

async function deliver(url: string, made: ExampleEvent[]): Promise<void> {
  const status = await postEvents(url, made);
  if (status !== 202) throw new Error(`Answered ${status}`);
}

/**
 * Share of an instance's processor that the app's process may take: the host beside it needs some, and an instance that is always
 * busy answers late. An instance of 2,048 MB has one processor, and the app one thread.
 */
const share = 0.6;
const rates = [10, 1000, 5000];

/** How many instances it takes to keep so many events a second, by the processor time that the app's process takes for each. */
async function printInstances({ host }: Stack): Promise<void> {
  const made: [Family, () => ExampleEvent[]][] = [
    ["email", () => [plainEvents.email()]],
    ["sms", () => [text()]],
    ["chat", chatMessage],
    ["call", () => callOf(4)],
    ["incomingCall", () => [incomingCall()]],
  ];
  const rows: string[][] = [];
  for (const [family, make] of made) {
    const batch = () => Array.from({ length: events }, make).flat().slice(0, events);
    const url = host.webhookUrl(`${family}Events`);
    await deliver(url, batch());
    const before = processorTime(host.pid());
    for (let round = 0; round < 4; round++) await deliver(url, batch());
    const seconds = (processorTime(host.pid()) - before) / 4 / events;
    const instances = rates.map((rate) => String(Math.ceil((rate * seconds) / share)));
    rows.push([family, (seconds * 1000).toFixed(2), ...instances]);
  }
  printTable(
    ["kept, in deliveries of many", "CPU ms an event", ...rates.map((rate) => `instances at ${rate}/s`)],
    rows,
  );
}

/** Writes what the app writes of an event, the blob and its rows, with as many calls at once as the app has of either. */
async function rawWriter(connectionString: string) {
  const container = BlobServiceClient.fromConnectionString(connectionString).getContainerClient("events");
  const table = TableClient.fromConnectionString(connectionString, "timeline", { allowInsecureConnection: true });
  const [blobs, rows] = [new Semaphore(32), new Semaphore(32)];
  return async (raw: ExampleEvent) => {
    const event = accept(raw);
    const json = JSON.stringify(raw);
    const blob = container.getBlockBlobClient(`raw/${archiveName(event)}`);
    const options = { conditions: { ifNoneMatch: "*" }, metadata: { sha256: event.identity } };
    await blobs.runExclusive(() => blob.upload(json, Buffer.byteLength(json), options));
    const columns = { blob: blob.name, type: event.name, family: event.family, time: event.time ?? "" };
    const row = { ...columns, rowKey: `raw_${event.time}_${event.identity}`, summary: JSON.stringify(event.summary) };
    const partitions = [
      ...event.entities,
      `arrived:${event.family}:raw:${Number.parseInt(randomUUID().slice(0, 1), 16)}`,
    ];
    const put = (partitionKey: string) =>
      rows.runExclusive(() => table.upsertEntity({ partitionKey, ...row }, "Replace"));
    await Promise.all(partitions.map(put));
  };
}
