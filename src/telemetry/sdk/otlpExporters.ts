import type { Exporters } from "./openSink.ts";

/**
 * OTLP over HTTP, in JSON. What else the specification has (headers, compression, certificates) the exporters read from their own variables:
 * https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export async function otlpExporters(endpoint: string): Promise<Exporters> {
  const [{ OTLPTraceExporter }, { OTLPMetricExporter }] = await Promise.all([
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/exporter-metrics-otlp-http"),
  ]);
  const url = (signal: string) => `${endpoint.replace(/\/+$/, "")}/v1/${signal}`;
  return {
    spans: new OTLPTraceExporter({ url: url("traces") }),
    metrics: new OTLPMetricExporter({ url: url("metrics") }),
  };
}
