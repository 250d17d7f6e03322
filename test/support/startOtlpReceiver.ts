import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Value = { stringValue?: string; intValue?: number; doubleValue?: number; boolValue?: boolean };
type Attributes = { key: string; value: Value }[];

interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  attributes: Record<string, unknown>;
  links: { traceId: string; spanId: string }[];
  failure: string | undefined;
}

interface ReceivedPoint {
  metric: string;
  attributes: Record<string, unknown>;
  /** Of a counter its sum so far, of a gauge its value, of a histogram how many were measured. */
  value: number;
}

/** What receives OTLP over HTTP in JSON, as a collector does. https://opentelemetry.io/docs/specs/otlp/#otlphttp */
export interface OtlpReceiver {
  url: string;
  spans(): ReceivedSpan[];
  /** The newest of each metric and set of attributes. */
  points(): ReceivedPoint[];
  /** All that came, as it came. */
  text(): string;
  resource(): Record<string, unknown>;
  close(): Promise<void>;
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const bodies: { path: string; type: string; text: string }[] = [];
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    bodies.push({ path: request.url ?? "", type: request.headers["content-type"] ?? "", text });
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const of = (path: string) =>
    bodies.filter((body) => body.path === path && body.type === "application/json").map(({ text }) => JSON.parse(text));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => of("/v1/traces").flatMap(spansIn),
    points: () => newest(of("/v1/metrics").flatMap(pointsIn)),
    text: () => bodies.map(({ text }) => text).join("\n"),
    resource: () => plain(of("/v1/traces")[0]?.resourceSpans[0].resource.attributes ?? []),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Traces {
  resourceSpans: { scopeSpans: { spans: (Omit<ReceivedSpan, "attributes"> & RawSpan)[] }[] }[];
}
interface RawSpan {
  attributes: Attributes;
  status: { code?: number; message?: string };
}

function spansIn({ resourceSpans }: Traces): ReceivedSpan[] {
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  return spans.map(({ traceId, spanId, parentSpanId, name, links, attributes, status }) => ({
    ...{ traceId, spanId, parentSpanId, name, links },
    attributes: plain(attributes),
    failure: status.code === 2 ? status.message : undefined,
  }));
}

interface Metrics {
  resourceMetrics: { scopeMetrics: { metrics: RawMetric[] }[] }[];
}
type RawMetric = { name: string } & Partial<Record<"sum" | "gauge" | "histogram", { dataPoints: RawPoint[] }>>;
type RawPoint = { attributes: Attributes; asInt?: number; asDouble?: number; count?: number };

function pointsIn({ resourceMetrics }: Metrics): ReceivedPoint[] {
  const metrics = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  return metrics.flatMap(
    ({ name, sum, gauge, histogram }) =>
      (sum ?? gauge ?? histogram)?.dataPoints.map(({ attributes, asInt, asDouble, count }) => ({
        metric: name,
        attributes: plain(attributes),
        value: Number(asInt ?? asDouble ?? count),
      })) ?? [],
  );
}

function newest(points: ReceivedPoint[]): ReceivedPoint[] {
  return [...new Map(points.map((point) => [point.metric + JSON.stringify(point.attributes), point])).values()];
}

function plain(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
