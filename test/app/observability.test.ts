// What the app tells of itself: one line of JSON for each invocation, traces, metrics; and of nobody else anything. And what alerts make
// of it: each is brought about, and asks by its own query what Application Insights was told.
import { beforeAll, describe, expect, it } from "vitest";
import { families } from "../../src/events/families.ts";
import { metrics as metricTable } from "../../src/telemetry/metricTable.ts";
import { conditions } from "../support/alertConditions.ts";
import { alerts, isRaised } from "../support/alerts.ts";
import { type Observed, observe, recordingTrace, textTrace } from "../support/observe.ts";

type Line = Record<string, unknown>;

let observed: Observed;
beforeAll(async () => {
  observed = await observe();
}, 240_000);

describe("the log", () => {
  it("has one line of JSON for each invocation of each function", () => {
    const names = new Set(observed.functions);
    const lines = linesOf(() => true);
    expect(lines.filter((line) => !names.has(String(line.function)) || typeof line.durationMs !== "number")).toEqual(
      [],
    );
    expect(lines.filter((line) => typeof line.outcome !== "string")).toEqual([]);
    expect(linesOf(() => true, observed.linesOfStory)).toHaveLength(observed.startedInStory);
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
    const [answer] = linesOf((one) => one.function === "call" && one.status === 404);
    expect(answer).toMatchObject({ outcome: "refused", error: expect.stringMatching(/^ACS_EVENTS_/) });
  });

  it("says of a timer what it did", () => {
    const sealed = { seq: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(linesOf((one) => one.function === "seal")).toMatchObject([{ outcome: "sealed", sealed }]);
    expect(linesOf((one) => one.function === "enforceRetention")).toMatchObject([{ outcome: "all is kept for ever" }]);
    const [sweep] = linesOf((one) => one.function === "reconcileRecordings");
    expect(sweep).toMatchObject({ outcome: "done", open: expect.any(Number), settled: expect.any(Number), atRisk: 0 });
  });

  it("says of a callback what became of its event, or of each of several", () => {
    const archived = { outcome: "archived", identity: expect.any(String), delayMs: expect.any(Number) };
    expect(linesOf((one) => one.function === "recordingCallback")).toMatchObject([
      { ...archived, family: "recording", status: 200 },
    ]);
    expect(linesOf((one) => one.function === "callCallback")).toMatchObject([
      { outcome: "done", events: [archived, archived], status: 200 },
    ]);
  });
});

it("no phone number, name or word of anyone is in a log line, a span or a metric", () => {
  const { words, logged, receiver, insights } = observed;
  const all = [...logged, receiver.text(), JSON.stringify(insights.posts)].join("\n");
  expect(words.size).toBeGreaterThan(40);
  const ran = new Set(linesOf(() => true).map((line) => line.function));
  const jobs = ["sendAutoReply", "sendOutbox", "downloadRecording", "buildPersonExport", "runErasure", "seal"];
  const doors = ["callCallback", "recordingCallback", "personHold", "personAliases", "replayProblem", "dismissProblem"];
  expect([...families.map((family) => `${family}Events`), ...jobs, ...doors].filter((name) => !ran.has(name))).toEqual(
    [],
  );
  expect([...words].filter((word) => all.includes(word))).toEqual([]);
  // Not within the many digits of a time in nanoseconds.
  expect(all.match(/(?<!\d)\+?1\d{3}555\d{4}(?!\d)/g) ?? []).toEqual([]);
});

describe.each(alerts.logs)("the alert $name", (alert) => {
  const cases = conditions[alert.name] ?? [];

  it("is not raised by a day on which nothing goes wrong", () => {
    expect(observed.calm.map(({ Name }) => Name)).toContain("acs_events.events");
    expect(isRaised(alert, observed.calm)).toBe(false);
  });

  it("is raised by what it is there for, and by each metric that tells of it", () => {
    const asked = new Set(alert.query.join("\n").match(/acs_events\.\w+/g));
    expect(new Set(cases.flatMap(({ told }) => told.map(([metric]) => metric)))).toEqual(asked);
    for (const condition of cases) {
      const rows = observed.told.get(condition) ?? [];
      expect(isRaised(alert, rows), condition.happen.name).toBe(true);
      for (const [metric, attributes] of condition.told) {
        const telling = rows.filter(({ Name, Properties }) => Name === metric && hasAll(Properties, attributes));
        // Of the alert that nothing raises, there is nothing to be seen.
        expect(telling.length > 0, metric).toBe(alert.operator === "GreaterThan");
        expect(isRaised(alert, telling), metric).toBe(true);
      }
    }
  });
});

it("each condition is that of an alert, and raises no other but that no event comes", () => {
  expect(Object.keys(conditions).sort()).toEqual(alerts.logs.map(({ name }) => name).sort());
  for (const [name, cases] of Object.entries(conditions)) {
    for (const condition of cases) {
      const rows = observed.told.get(condition) ?? [];
      const raised = alerts.logs.filter((alert) => isRaised(alert, rows)).map((alert) => alert.name);
      expect(new Set([...raised, "no-events"]), condition.happen.name).toEqual(new Set([name, "no-events"]));
    }
  }
});

describe("a trace", () => {
  it("goes from Event Grid's delivery through the queue to what the job did", () => {
    const spans = observed.receiver.spans().filter((span) => span.traceId === textTrace);
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
    expect(job?.links).toMatchObject([{ traceId: expect.not.stringMatching(textTrace) }]);
  });

  it("goes through the queue to the recording's blob", () => {
    const spans = observed.receiver.spans().filter((span) => span.traceId === recordingTrace);
    const nameOfParent = (name: string) => {
      const found = spans.filter((span) => span.name === name);
      expect(found, name).toHaveLength(1);
      return spans.find(({ spanId }) => spanId === found[0]?.parentSpanId)?.name;
    };
    expect(nameOfParent("archive")).toBe("recordingEvents");
    expect(nameOfParent("downloadRecording")).toBe("recordingEvents");
    expect(nameOfParent("save recording")).toBe("downloadRecording");
    const saved = spans.find(({ name }) => name === "save recording");
    expect(saved?.attributes).toMatchObject({ "acs_events.container": "recordings" });
  });

  it("is not known to a function, and is no part of what a problem is known by", async () => {
    expect(observed.poisoned).toHaveLength(1);
    expect(JSON.stringify(observed.poisoned)).not.toContain("traceparent");
  });

  it("says whose it is", () => {
    expect(observed.receiver.resource()).toMatchObject({
      "service.name": "contoso-events",
      "service.version": "0.1.0",
    });
  });
});

describe("the metrics", () => {
  it("are all told, each at least once", () => {
    const found = new Set(observed.receiver.points().map(({ metric }) => metric));
    expect([...found].sort()).toEqual(Object.keys(metricTable).sort());
  });

  it.each([
    ["acs_events.events", { family: "sms", outcome: "quarantined" }],
    ["acs_events.events", { family: "sms", outcome: "duplicate" }],
    ["acs_events.events", { family: "chat", outcome: "archived" }],
    ["acs_events.event_delay", { family: "call" }],
    ["acs_events.problems", { kind: "quarantinedEvent" }],
    ["acs_events.replies", { outcome: "sent" }],
    ["acs_events.replies", { outcome: "delivered" }],
    ["acs_events.recordings", { state: "announced" }],
    ["acs_events.recordings", { state: "copying" }],
    ["acs_events.recordings", { state: "archived" }],
    ["acs_events.recordings", { state: "deleted" }],
    ["acs_events.recordings", { state: "registered" }],
    ["acs_events.recordings", { state: "expired" }],
    ["acs_events.recordings", { state: "erased" }],
  ])("%s %j", (metric, attributes) => {
    const points = observed.receiver.points().filter((point) => point.metric === metric);
    const point = points.find((one) => hasAll(one.attributes, attributes));
    expect(point?.value, metric).toBeGreaterThan(0);
  });
});

describe("Application Insights", () => {
  it("gets the same metrics, under the names and properties that the alerts ask for", () => {
    const metrics = observed.insights
      .envelopes()
      .flatMap(({ data }) => (data.baseType === "MetricData" ? [data.baseData] : []));
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
    const names = observed.insights
      .envelopes()
      .flatMap(({ tags, data }) => (tags["ai.operation.id"] === textTrace ? [data.baseData.name] : []));
    expect(names).toEqual(expect.arrayContaining(["smsEvents", "archive", "sendAutoReply"]));
  });

  it("is told with a token of the app's identity", () => {
    expect(observed.insights.posts.map(({ path }) => path)).toContainEqual(
      expect.stringMatching(/^\/msi\/token\?.*client-17/),
    );
    const told = observed.insights.posts.filter(({ path }) => path.endsWith("/track"));
    expect(new Set(told.map(({ headers }) => headers.authorization))).toEqual(new Set(["Bearer token-17"]));
  });
});

const hasAll = (properties: Record<string, unknown>, wanted: object) =>
  Object.entries(wanted).every(([key, value]) => properties[key] === value);

function linesOf(wanted: (line: Line) => boolean, logged = observed.logged): Line[] {
  const lines = logged.flatMap((line) => {
    const json = /^\w+(?: \w+)?: (\{"function":.*\})$/.exec(line)?.[1];
    return json === undefined ? [] : [JSON.parse(json) as Line];
  });
  return lines.filter(wanted);
}
