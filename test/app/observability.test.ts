// What the app tells of itself: one line of JSON for each invocation, traces, metrics; and of nobody else anything.
import { randomBytes, randomUUID } from "node:crypto";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueClient } from "@azure/storage-queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { playStory } from "../../dev/demo/playStory.ts";
import { metrics as metricTable } from "../../src/telemetry/metricTable.ts";
import { eventGridEvent, fixtures } from "../fixtures/eventFixtures.ts";
import { personalTexts } from "../support/personalTexts.ts";
import { addChunk, recordingEvent, startedBefore } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";
import { type Insights, startInsights } from "../support/startInsights.ts";
import { type OtlpReceiver, startOtlpReceiver } from "../support/startOtlpReceiver.ts";
import { textEvent } from "../support/textEvent.ts";

type Line = Record<string, unknown>;

const logged: string[] = [];
/** Everything that was sent to the app. */
let sent: unknown[] = [];
/** How many lines there were, and how many invocations. */
let ended: number[] = [];
let poisoned: unknown[] = [];
const traceId = randomBytes(16).toString("hex");
let app: App;
let receiver: OtlpReceiver;
let insights: Insights;

/** Several things of everything happen, then the app ends: what it held of its telemetry it has sent by then. */
beforeAll(async () => {
  receiver = await startOtlpReceiver();
  insights = await startInsights();
  app = await startApp(
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_SERVICE_NAME: "contoso-events",
      APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${randomUUID()};IngestionEndpoint=${insights.url}/`,
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "ClientId=client-17;Authorization=AAD",
      IDENTITY_ENDPOINT: `${insights.url}/msi/token`,
      IDENTITY_HEADER: "secret",
      NODE_EXTRA_CA_CERTS: insights.certificate,
      // The exporter's reports on itself, which would go to Microsoft.
      APPLICATION_INSIGHTS_NO_STATSBEAT: "true",
    },
    { log: (line) => logged.push(line) },
  );
  try {
    await postTraced(textEvent("traced", { from: "+14255550188", message: "Confidential words" }));
    await app.idle();
    expect(await playStory(app, () => {})).toEqual([]);
    await app.publish(fixtures.map(({ name, data }) => eventGridEvent(name, data, { id: `told-${name}` })));
    await app.publish([eventGridEvent("SMSReceived", { from: "+14255550189", "+14255550190": true })]);
    await app.publish([textEvent("twice"), textEvent("twice")]);
    ended = [linesOf(() => true).length, app.host.started()];
    await recordLate();
    await giveUp("recording-downloads", { event: "sms/SMSReceived/gone.json", chunk: 0 });
    await app.get("/api/sms/+14255550100/+14255550188");
    await app.get("/api/calls/never");
    await writeDeadLetter();
    for (const timer of ["collectDeadLetters", "reconcileRecordings", "checkProblems", "watchIncomingCalls"])
      await app.host.runTimer(timer);
    sent = (await Promise.all(["events", "quarantine"].map(contentOf))).flat();
  } finally {
    await app.close();
  }
}, 150_000);
afterAll(async () => {
  await receiver?.close();
  await insights?.close();
});

describe("the log", () => {
  it("has one line of JSON for each invocation of each function", () => {
    const names = new Set(app.host.functions.map(({ name }) => name));
    const lines = linesOf(() => true);
    expect(lines.filter((line) => !names.has(String(line.function)) || typeof line.durationMs !== "number")).toEqual(
      [],
    );
    expect(lines.filter((line) => typeof line.outcome !== "string")).toEqual([]);
    expect(ended[0]).toBe(ended[1]);
  });

  it("says of an event what it is, what became of it, and how late it came", () => {
    const [line] = linesOf((one) => one.function === "smsEvents" && one.outcome === "archived");
    expect(line).toMatchObject({
      type: "Microsoft.Communication.SMSReceived",
      family: "sms",
      identity: expect.stringMatching(/^[0-9a-f]{64}$/),
      delayMs: expect.any(Number),
      durationMs: expect.any(Number),
      jobs: 1,
    });
  });

  it("says of a job which event it is about, which try it is, and how long it waited", () => {
    const [event] = linesOf((one) => one.function === "smsEvents" && one.outcome === "archived");
    const [job] = linesOf((one) => one.function === "sendAutoReply");
    expect(job).toMatchObject({
      ...{ outcome: "sent", identity: event?.identity, type: event?.type, family: "sms", attempt: 1 },
      queuedMs: expect.any(Number),
    });
  });

  it("says of a refusal why, without a name that may be a number", () => {
    const [line] = linesOf((one) => one.outcome === "quarantined" && JSON.stringify(one.reasons).includes("/data/to"));
    expect(line).toMatchObject({ family: "sms", identity: expect.any(String) });
    const [answer] = linesOf((one) => one.function === "call");
    expect(answer).toMatchObject({ outcome: "refused", status: 404, error: expect.stringMatching(/^ACS_EVENTS_/) });
  });
});

it("no phone number, name or message of anyone is in a log line, a span or a metric", () => {
  const told = [...logged, receiver.text(), JSON.stringify(insights.posts)].join("\n");
  const words = new Set([...sent, ...app.acs.messages()].flatMap((event) => personalTexts(event)));
  expect(words.size).toBeGreaterThan(20);
  expect([...words].filter((word) => told.includes(word))).toEqual([]);
  // Not within the many digits of a time in nanoseconds.
  expect(told.match(/(?<!\d)\+?1\d{3}555\d{4}(?!\d)/g) ?? []).toEqual([]);
});

describe("a trace", () => {
  it("goes from Event Grid's delivery through the queue to what the job did", () => {
    const spans = receiver.spans().filter((span) => span.traceId === traceId);
    const one = (name: string) => {
      const found = spans.filter((span) => span.name === name);
      expect(found, name).toHaveLength(1);
      return found[0];
    };
    const event = one("smsEvents");
    expect(event?.attributes).toMatchObject({ "acs_events.outcome": "archived", "acs_events.family": "sms" });
    expect(one("archive")?.parentSpanId).toBe(event?.spanId);
    const job = one("sendAutoReply");
    expect(job).toMatchObject({ parentSpanId: event?.spanId, attributes: { "acs_events.outcome": "sent" } });
    // The host's own span of the message is in a trace of its own.
    expect(job?.links).toMatchObject([{ traceId: expect.not.stringMatching(traceId) }]);
  });

  it("is not known to a function, and is no part of what a problem is known by", async () => {
    expect(poisoned).toHaveLength(1);
    expect(JSON.stringify(poisoned)).not.toContain("traceparent");
  });

  it("says whose it is", () => {
    expect(receiver.resource()).toMatchObject({ "service.name": "contoso-events", "service.version": "0.1.0" });
  });
});

describe("the metrics", () => {
  it("are those that the alerts go by, each produced here", () => {
    const found = new Set(receiver.points().map(({ metric }) => metric));
    expect([...found].sort()).toEqual(Object.keys(metricTable).sort());
  });

  it.each([
    ["acs_events.events", { family: "sms", outcome: "quarantined" }],
    ["acs_events.events", { family: "sms", outcome: "duplicate" }],
    ["acs_events.events", { family: "chat", outcome: "archived" }],
    ["acs_events.event_delay", { family: "call" }],
    ["acs_events.problems", { kind: "quarantinedEvent" }],
    ["acs_events.problems", { kind: "recordingLate" }],
    ["acs_events.dead_letters", {}],
    ["acs_events.poison", { queue: "recording-downloads" }],
    ["acs_events.replies", { outcome: "sent" }],
    ["acs_events.replies", { outcome: "delivered" }],
    ["acs_events.recordings_at_risk", {}],
  ])("%s %j", (metric, attributes) => {
    const points = receiver.points().filter((point) => point.metric === metric);
    expect(
      points.find((point) => Object.entries(attributes).every(([key, value]) => point.attributes[key] === value)),
    ).toMatchObject({ attributes, value: expect.toSatisfy((value: number) => value > 0) });
  });
});

describe("Application Insights", () => {
  it("gets the same metrics, under the names and properties that the alerts ask for", () => {
    const metrics = insights.envelopes().flatMap(({ data }) => (data.baseType === "MetricData" ? [data.baseData] : []));
    const names = new Set(metrics.flatMap((metric) => metric.metrics?.map(({ name }) => name) ?? []));
    expect(Object.keys(metricTable).filter((name) => !names.has(name))).toEqual([]);
    expect(metrics).toContainEqual(
      expect.objectContaining({
        metrics: [expect.objectContaining({ name: "acs_events.events" })],
        properties: { family: "sms", outcome: "archived" },
      }),
    );
  });

  it("gets the same trace", () => {
    const names = insights
      .envelopes()
      .flatMap(({ tags, data }) => (tags["ai.operation.id"] === traceId ? [data.baseData.name] : []));
    expect(names).toEqual(expect.arrayContaining(["smsEvents", "archive", "sendAutoReply"]));
  });

  it("is told with a token of the app's identity", () => {
    expect(insights.posts.map(({ path }) => path)).toContainEqual(expect.stringMatching(/^\/msi\/token\?.*client-17/));
    const told = insights.posts.filter(({ path }) => path.endsWith("/track"));
    expect(new Set(told.map(({ headers }) => headers.authorization))).toEqual(new Set(["Bearer token-17"]));
  });
});

async function contentOf(container: string): Promise<unknown[]> {
  return Promise.all((await app.store.names(container)).map((name) => app.store.read(container, name)));
}

async function postTraced(event: Record<string, unknown>): Promise<void> {
  await fetch(app.host.webhookUrl("smsEvents"), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "aeg-event-type": "Notification",
      traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
    },
    body: JSON.stringify([event]),
  });
}

/** A recording of which half of the time is over at ACS, and which cannot be fetched. */
async function recordLate(): Promise<void> {
  const { chunk } = await addChunk(app, 0, { documentId: "late" });
  await app.fault({ kind: "content", fault: "503", documentId: "late", times: 1000 });
  const recordingStartTime = startedBefore(13 * 3_600_000);
  await app.publish([recordingEvent("late", [chunk], { recordingStartTime })]);
}

async function giveUp(queue: string, job: object): Promise<void> {
  const client = new QueueClient(app.addresses.storageConnectionString, `${queue}-poison`);
  await client.createIfNotExists();
  const traceparent = `00-${randomBytes(16).toString("hex")}-00f067aa0ba902b7-01`;
  await client.sendMessage(Buffer.from(JSON.stringify({ ...job, traceparent })).toString("base64"));
  await app.idle();
  poisoned = (await app.store.problems()).filter(({ partitionKey }) => partitionKey === "poisonedJob");
}

/** What Event Grid writes when it gave up. */
async function writeDeadLetter(): Promise<void> {
  const service = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  const container = service.getContainerClient("dead-letters");
  await container.createIfNotExists();
  const letter = { ...textEvent("dead"), deadLetterReason: "MaxDeliveryAttemptsExceeded" };
  const text = JSON.stringify([letter]);
  await container.getBlockBlobClient("SMSEVENTS/2026/1/2/3/4f1c.json").upload(text, Buffer.byteLength(text));
}

function linesOf(wanted: (line: Line) => boolean): Line[] {
  const lines = logged.flatMap((line) => {
    const json = /^\w+(?: \w+)?: (\{"function":.*\})$/.exec(line)?.[1];
    return json === undefined ? [] : [JSON.parse(json) as Line];
  });
  return lines.filter(wanted);
}
