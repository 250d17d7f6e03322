// The OpenTelemetry SDK behind the app's sink. Loaded only when a setting asks for it.
import type { Meter, MetricOptions } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader, type PushMetricExporter } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from "@opentelemetry/sdk-trace";
import packageJson from "../../../package.json" with { type: "json" };
import { metrics } from "../metricTable.ts";
import type { Sink } from "../sink.ts";
import { type AzureMonitor, azureMonitorExporters } from "./azureMonitorExporters.ts";
import { otlpExporters } from "./otlpExporters.ts";
import { startSpan } from "./startSpan.ts";

export interface Exporters {
  spans: SpanExporter;
  metrics: PushMetricExporter;
}

export interface Destination {
  serviceName: string;
  otlp: string | undefined;
  azureMonitor: AzureMonitor | undefined;
}

/** Milliseconds between two exports of metrics: alerts look every five minutes. */
const interval = 30_000;

/** Milliseconds that an export may take; what fails is dropped, and nothing waits for it. */
const patience = 10_000;

export async function openSink({ serviceName, otlp, azureMonitor }: Destination): Promise<Sink> {
  const exporters = await Promise.all([
    ...(otlp ? [otlpExporters(otlp)] : []),
    ...(azureMonitor ? [azureMonitorExporters(azureMonitor)] : []),
  ]);
  const resource = resourceFromAttributes({
    "service.name": serviceName,
    "service.version": packageJson.version,
    // Several instances count on their own, and the backend adds them up.
    "service.instance.id": crypto.randomUUID(),
  });
  const tracers = new TracerProvider({
    resource,
    spanProcessors: exporters.map(
      ({ spans }) => new BatchSpanProcessor({ exporter: spans, exportTimeoutMillis: patience }),
    ),
  });
  const meters = new MeterProvider({
    resource,
    readers: exporters.map(
      (to) =>
        new PeriodicExportingMetricReader({
          exporter: to.metrics,
          exportIntervalMillis: interval,
          exportTimeoutMillis: patience,
        }),
    ),
  });
  const tracer = tracers.getTracer(packageJson.name, packageJson.version);
  return {
    ...instruments(meters.getMeter(packageJson.name, packageJson.version)),
    startSpan: (name, options) => startSpan(tracer, name, options),
    async flush() {
      await Promise.allSettled([tracers.forceFlush(), meters.forceFlush()]);
    },
  };
}

function instruments(meter: Meter): Pick<Sink, "count" | "measure" | "level"> {
  const counters = new Map(named("counter").map(([name, options]) => [name, meter.createCounter(name, options)]));
  const histograms = new Map(named("histogram").map(([name, options]) => [name, meter.createHistogram(name, options)]));
  const gauges = new Map(named("gauge").map(([name, options]) => [name, meter.createGauge(name, options)]));
  return {
    count: (metric, attributes) => counters.get(metric)?.add(1, attributes),
    measure: (metric, value, attributes) => histograms.get(metric)?.record(value, attributes),
    level: (metric, value) => gauges.get(metric)?.record(value),
  };
}

function named(wanted: "counter" | "histogram" | "gauge"): [name: string, options: MetricOptions][] {
  const all = Object.entries(metrics).filter(([, { kind }]) => kind === wanted);
  return all.map(([name, { unit, description }]) => [name, { unit, description, ...advice }]);
}

/** Delays in milliseconds, from a blink to a day: events come late when Event Grid had to try again. */
const advice: MetricOptions = {
  advice: {
    explicitBucketBoundaries: [
      100, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 1_800_000, 3_600_000, 21_600_000, 86_400_000,
    ],
  },
};
