import { describe, expect, it } from "vitest";
import { readHostJson } from "../../dev/host/hostJson.ts";
import { inRepository, readText } from "../support/repository.ts";

const host: Record<string, unknown> & { extensions: { http: object; queues: Record<string, unknown> } } = JSON.parse(
  readText("host.json"),
);
const { queues } = host.extensions;

// The sections that Functions 2.x knows (https://learn.microsoft.com/azure/azure-functions/functions-host-json): the host
// passes over a misspelt one without a word.
const sections = ["version", "telemetryMode", "functionTimeout", "extensionBundle", "extensions", "logging"];
const queueValues = [
  "batchSize",
  "newBatchThreshold",
  "maxDequeueCount",
  "visibilityTimeout",
  "maxPollingInterval",
  "messageEncoding",
];

describe("host.json", () => {
  it("is accepted by the local host", () => {
    expect(readHostJson(inRepository(""))).toMatchObject({ routePrefix: "api/" });
  });

  it("speaks OpenTelemetry, as the app does: else its spans have no parent that anyone knows", () => {
    expect(host).toMatchObject({ telemetryMode: "OpenTelemetry" });
    // It counts only without OpenTelemetry (https://learn.microsoft.com/azure/azure-functions/opentelemetry-howto).
    expect(host).not.toHaveProperty("logging.applicationInsights");
  });

  it("is of version 2.0, lets a function run for 30 minutes, and takes bundle 4", () => {
    expect(host).toMatchObject({
      version: "2.0",
      functionTimeout: "00:30:00",
      extensionBundle: { id: "Microsoft.Azure.Functions.ExtensionBundle", version: "[4.*, 5.0.0)" },
    });
  });

  it("has only sections and values that the host knows", () => {
    expect(unknown(host, sections)).toEqual([]);
    expect(unknown(host.extensions, ["http", "queues"])).toEqual([]);
    expect(unknown(host.extensions.http, ["routePrefix"])).toEqual([]);
    expect(unknown(queues, queueValues)).toEqual([]);
  });

  it.each([
    ["batchSize", 1, 32],
    ["newBatchThreshold", 0, 1000],
    ["maxDequeueCount", 2, 100],
  ])("has a queue %s from %d to %d", (name, least, most) => {
    expect(Number.isInteger(queues[name])).toBe(true);
    expect(queues[name]).toBeGreaterThanOrEqual(least);
    expect(queues[name]).toBeLessThanOrEqual(most);
  });

  it("gives a failed job time before the next try, so that five tries are not over in a blink", () => {
    expect(seconds(queues.visibilityTimeout)).toBeGreaterThanOrEqual(30);
    expect(seconds(queues.visibilityTimeout)).toBeLessThanOrEqual(7 * 24 * 3600);
  });

  it("looks at a queue at least every minute, and not more often than the host allows", () => {
    expect(seconds(queues.maxPollingInterval)).toBeGreaterThanOrEqual(0.1);
    expect(seconds(queues.maxPollingInterval)).toBeLessThanOrEqual(60);
  });

  it("leaves messages in base64, as the app's own outputs write them", () => {
    expect(queues.messageEncoding ?? "base64").toBe("base64");
  });
});

function unknown(section: object, known: readonly string[]): string[] {
  return Object.keys(section).filter((name) => !known.includes(name));
}

function seconds(span: unknown): number {
  const [, hours, minutes, rest] = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)$/.exec(String(span)) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * 60 + Number(rest);
}
