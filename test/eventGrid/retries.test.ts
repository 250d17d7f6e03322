import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Azurite } from "../../dev/azurite/startAzurite.ts";
import { retryDelay } from "../../dev/eventGrid/retryPolicy.ts";
import {
  type Delivery,
  type EventGrid,
  type Subscription,
  startEventGrid,
} from "../../dev/eventGrid/startEventGrid.ts";
import { emptyAzurite } from "../support/emptyAzurite.ts";
import { type Sink, startSink } from "./sink.ts";
import { textEvent } from "./textEvent.ts";

let azurite: Azurite;
beforeAll(async () => {
  azurite = await emptyAzurite();
});
afterAll(() => azurite.close());

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function deliver(
  answer: (index: number) => number,
  subscription: Partial<Subscription> = {},
): Promise<{ grid: EventGrid; sink: Sink; attempts: Delivery[]; log: string[] }> {
  const sink = await startSink(answer);
  const log: string[] = [];
  const grid = await startEventGrid({
    port: 0,
    subscriptions: [{ name: "smsEvents", endpoint: sink.url, schema: "eventGrid", ...subscription }],
    storageConnectionString: azurite.connectionString,
    retryScale: 0.00001,
    responseTimeout: 200,
    log: (line) => log.push(line),
  });
  ends.push(grid.close, sink.close);
  const attempts: Delivery[] = [];
  grid.onDelivery((delivery) => attempts.push(delivery));
  await grid.publish([textEvent()]);
  await grid.idle();
  return { grid, sink, attempts, log };
}

async function deadLetters(prefix: string): Promise<{ name: string; content: unknown }[]> {
  const container = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient("dead-letters");
  const found = [];
  for await (const { name } of container.listBlobsFlat({ prefix })) {
    const content = JSON.parse(String(await container.getBlobClient(name).downloadToBuffer()));
    found.push({ name, content });
  }
  return found;
}

describe("the schedule", () => {
  it("grows from ten seconds to twelve hours, with a least wait for some answers and none after others", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 29].map((attempt) => retryDelay(attempt, 500))).toEqual([
      10, 30, 60, 300, 600, 1800, 3600, 10800, 21600, 43200, 43200,
    ]);
    expect([retryDelay(1, 408), retryDelay(1, 503), retryDelay(1, 0), retryDelay(4, 503)]).toEqual([120, 30, 10, 300]);
    expect([400, 401, 403, 413].map((status) => retryDelay(1, status))).toEqual(Array(4).fill(undefined));
  });
});

describe("retries", () => {
  it("tries again after 500, 429, 503, 404, 301 and no answer in time, counting attempts", async () => {
    const statuses = [500, 429, 0, 503, 404, 301, 204];
    const { sink, attempts } = await deliver((index) => statuses[index] ?? 500);
    expect(attempts.map(({ status, attempt }) => [status, attempt])).toEqual(
      statuses.map((status, index) => [status, index + 1]),
    );
    expect(sink.requests.map(({ headers }) => headers["aeg-delivery-count"])).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
    ]);
  });

  it("takes 200 to 204 for success, and nothing beyond", async () => {
    expect((await deliver(() => 204)).attempts).toHaveLength(1);
    expect((await deliver((index) => (index === 0 ? 206 : 200))).attempts).toHaveLength(2);
  });

  it("delivers a failed batch again as a whole", async () => {
    const { grid, sink } = await deliver((index) => (index === 1 ? 500 : 200), { maxEventsPerBatch: 10 });
    await grid.publish([textEvent({ id: "a" }), textEvent({ id: "b" })]);
    await grid.idle();
    expect(sink.requests.slice(1).map(({ body }) => (body as { id: string }[]).map(({ id }) => id))).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
  });
});

describe("dead letters", () => {
  it.each([400, 401, 403, 413])("does not try again after %i, and keeps the event", async (status) => {
    const { attempts } = await deliver(() => status, { name: `final${status}`, deadLetter: true });
    expect(attempts).toHaveLength(1);
    expect(await deadLetters(`FINAL${status}/`)).toHaveLength(1);
  });

  it("has Event Grid's layout", async () => {
    await deliver(() => 500, { name: "layout", deadLetter: true, maxDeliveryAttempts: 3 });
    const [letter] = await deadLetters("LAYOUT/");
    expect(letter?.name).toMatch(/^LAYOUT\/20\d\d\/[1-9]\d?\/[1-9]\d?\/(0|[1-9]\d?)\/[0-9a-f-]{36}\.json$/);
    expect(letter?.content).toEqual([
      expect.objectContaining({
        ...textEvent(),
        deadLetterReason: "MaxDeliveryAttemptsExceeded",
        deliveryAttempts: 3,
        lastDeliveryOutcome: "GenericError",
        publishTime: expect.stringMatching(/Z$/),
        lastDeliveryAttemptTime: expect.stringMatching(/Z$/),
      }),
    ]);
  });

  it("is in the subscription's schema", async () => {
    await deliver(() => 404, { name: "cloud", schema: "cloudEvents", deadLetter: true, maxDeliveryAttempts: 1 });
    const [letter] = await deadLetters("CLOUD/");
    const { id, data } = textEvent();
    expect(letter?.content).toEqual([
      expect.objectContaining({
        specversion: "1.0",
        id,
        data,
        deadletterreason: "MaxDeliveryAttemptsExceeded",
        lastdeliveryoutcome: "NotFound",
      }),
    ]);
  });

  it("is written when the time to live is over at the next attempt", async () => {
    const { attempts } = await deliver(() => 500, { name: "old", deadLetter: true, eventTimeToLiveInMinutes: 1 });
    expect(attempts).toHaveLength(3);
    expect((await deadLetters("OLD/"))[0]?.content).toMatchObject([
      { deadLetterReason: "TimeToLiveExceeded", deliveryAttempts: 3 },
    ]);
  });

  it("is not written unless the subscription asks for it", async () => {
    const { log } = await deliver(() => 400, { name: "dropped" });
    expect(await deadLetters("DROPPED/")).toEqual([]);
    expect(log.join()).toMatch(/dropped/);
    expect(log.join()).not.toMatch(/1555|open/);
  });
});
