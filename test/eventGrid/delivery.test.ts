import { createServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import {
  type EventGrid,
  type EventGridOptions,
  type Subscription,
  startEventGrid,
} from "../../dev/eventGrid/startEventGrid.ts";
import { type Sink, startSink } from "./sink.ts";
import { textEvent } from "./textEvent.ts";

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function setUp(
  subscription: Partial<Subscription> = {},
  options: Partial<EventGridOptions> = {},
  answer?: (index: number) => number,
): Promise<{ grid: EventGrid; sink: Sink }> {
  const sink = await startSink(answer);
  ends.push(sink.close);
  const subscriptions: Subscription[] = [
    { name: "smsEvents", endpoint: sink.url, schema: "eventGrid", ...subscription },
  ];
  const grid = await startEventGrid({ port: 0, subscriptions, retryScale: 0.0001, ...options });
  ends.unshift(grid.close);
  return { grid, sink };
}

const idsOf = (sink: Sink) =>
  sink.requests.flatMap(({ body }) => [body].flat()).map((event) => (event as { id: string }).id);
const numbered = (count: number) => Array.from({ length: count }, (_, index) => textEvent({ id: `event-${index}` }));

describe("handshake", () => {
  it("refuses an endpoint that does not echo the validation code, or does not answer", async () => {
    const server = createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1");
    ends.push(async () => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/?code=secret`;
    for (const schema of ["eventGrid", "cloudEvents"] as const) {
      const start = startEventGrid({ port: 0, subscriptions: [{ name: "a", endpoint, schema }] });
      await expect(start).rejects.toThrow(/Subscription a is not validated.*answered 200/);
      await expect(start).rejects.not.toThrow(/secret/);
    }
    const nowhere = startEventGrid({
      port: 0,
      subscriptions: [{ name: "a", endpoint: "http://127.0.0.1:9/", schema: "eventGrid" }],
    });
    await expect(nowhere).rejects.toThrow(/answered nothing/);
  });
});

describe("envelopes", () => {
  it("delivers Event Grid events in an array, stamped, with the service's headers", async () => {
    const { grid, sink } = await setUp({}, { topic: "/our/topic" });
    await grid.publish([textEvent()]);
    await grid.idle();
    expect(sink.requests[0]).toMatchObject({
      method: "POST",
      body: [{ ...textEvent(), topic: "/our/topic", metadataVersion: "1", dataVersion: "" }],
      headers: {
        "content-type": "application/json; charset=utf-8",
        "aeg-event-type": "Notification",
        "aeg-subscription-name": "SMSEVENTS",
        "aeg-delivery-count": "0",
      },
    });
  });

  it("delivers as CloudEvents what was published in Event Grid schema, data equal", async () => {
    const { grid, sink } = await setUp({ schema: "cloudEvents" });
    await grid.publish([textEvent({ topic: "/our/topic", dataVersion: "1.0" })]);
    await grid.idle();
    const { id, eventType, subject, eventTime, data } = textEvent();
    expect(sink.requests[0]?.body).toEqual({
      id,
      source: "/our/topic",
      type: eventType,
      subject,
      time: eventTime,
      data,
      specversion: "1.0",
    });
    expect(sink.requests[0]?.headers["content-type"]).toBe("application/cloudevents+json; charset=utf-8");
  });

  it("delivers in Event Grid schema what was published as a CloudEvent, data equal", async () => {
    const { grid, sink } = await setUp();
    const { eventType: type, eventTime: time, ...same } = textEvent();
    const response = await fetch(`${grid.url}/api/events`, {
      method: "POST",
      headers: { "content-type": "application/cloudevents+json" },
      body: JSON.stringify({
        ...same,
        type,
        time,
        source: "/our/topic",
        specversion: "1.0",
        datacontenttype: "application/json",
      }),
    });
    expect([response.status, await response.json()]).toEqual([200, { deliveries: { smsEvents: 1 } }]);
    await grid.idle();
    expect(sink.requests[0]?.body).toEqual([
      { ...textEvent(), topic: "/our/topic", metadataVersion: "1", dataVersion: "" },
    ]);
  });

  it("delivers batched CloudEvents in an array", async () => {
    const { grid, sink } = await setUp({ schema: "cloudEvents", maxEventsPerBatch: 10 });
    await grid.publish(numbered(3));
    await grid.idle();
    expect(sink.requests[0]?.body).toHaveLength(3);
    expect(sink.requests[0]?.headers["content-type"]).toBe("application/cloudevents-batch+json; charset=utf-8");
  });
});

describe("batches, copies and order", () => {
  it("delivers 5,000 waiting events in one request", async () => {
    const { grid, sink } = await setUp();
    await fetch(`${grid.url}/api/events?batch=5000`, { method: "POST", body: JSON.stringify(numbered(5000)) });
    await grid.idle();
    expect(sink.requests).toHaveLength(1);
    expect(new Set(idsOf(sink)).size).toBe(5000);
  });

  it("keeps to the subscription's batch limits in number and size", async () => {
    const few = await setUp({ maxEventsPerBatch: 4 });
    await few.grid.publish(numbered(10));
    await few.grid.idle();
    expect(few.sink.requests.map(({ body }) => (body as unknown[]).length).sort()).toEqual([2, 4, 4]);

    const small = await setUp({ maxEventsPerBatch: 100, preferredBatchSizeInKilobytes: 1 });
    await small.grid.publish(numbered(10));
    await small.grid.idle();
    expect(small.sink.requests.length).toBeGreaterThan(2);
  });

  it("delivers copies on request, and a share of them by option", async () => {
    const { grid, sink } = await setUp({}, { duplicates: 1 });
    await grid.publish([textEvent()]);
    await grid.idle();
    expect(sink.requests).toHaveLength(2);
    await fetch(`${grid.url}/api/events?duplicates=50&parallel=true`, {
      method: "POST",
      body: JSON.stringify(textEvent()),
    });
    await grid.idle();
    expect(sink.requests).toHaveLength(102);
  });

  it("shuffles on request, repeatably with a seeded random source", async () => {
    const orders = [];
    for (const _ of [1, 2]) {
      let seed = 7;
      const random = () => {
        seed = (seed * 16807) % 2147483647;
        return seed / 2147483647;
      };
      const { grid, sink } = await setUp({ maxEventsPerBatch: 20 }, { random });
      await grid.publish(numbered(20), { shuffle: true });
      await grid.idle();
      orders.push(idsOf(sink));
    }
    expect(orders[0]).not.toEqual(numbered(20).map(({ id }) => id));
    expect(orders[0]?.toSorted()).toEqual(
      numbered(20)
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(orders[1]).toEqual(orders[0]);
  });
});

describe("publishing", () => {
  const post = (grid: EventGrid, query: string, body: string) =>
    fetch(`${grid.url}/api/events${query}`, { method: "POST", body });

  it.each([
    ["a body that is not JSON", "", "{"],
    ["an event that is no object", "", "[1]"],
    ["an event without a type that no filter can match", "", "{}"],
    ["an unknown subscription", "?subscription=nobody", "{}"],
    ["an option out of range", "?batch=5001", JSON.stringify(textEvent())],
  ])("refuses %s", async (_, query, body) => {
    const { grid, sink } = await setUp({ includedEventTypes: ["Microsoft.Communication.SMSReceived"] });
    const response = await post(grid, query, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { message: expect.stringMatching(/./) } });
    expect(sink.requests).toEqual([]);
  });

  it("delivers forged events to a named subscription exactly as published", async () => {
    const { grid, sink } = await setUp({ includedEventTypes: ["Microsoft.Communication.SMSReceived"] });
    for (const forged of [{}, 7, { id: null, eventType: "x", dataVersion: "a\r\nb" }]) {
      expect((await post(grid, "?subscription=smsEvents", JSON.stringify([forged]))).status).toBe(200);
      await grid.idle();
      expect(sink.requests.at(-1)?.body).toEqual([forged]);
    }
  });

  it("answers the idle request when everything is delivered", async () => {
    const { grid, sink } = await setUp({}, {}, (index) => (index < 2 ? 500 : 202));
    await post(grid, "", JSON.stringify(textEvent()));
    expect(grid.pending()).toBe(1);
    expect(await (await fetch(`${grid.url}/idle`)).json()).toEqual({ pending: 0 });
    expect(sink.requests).toHaveLength(3);
  });
});
