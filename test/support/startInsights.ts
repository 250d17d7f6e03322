import type { AppMetric } from "./kql.ts";
import { type HttpsPost, type HttpsSink, startHttpsSink } from "./startHttpsSink.ts";

interface Envelope {
  tags: Record<string, string>;
  data: { baseType: string; baseData: { name?: string; metrics?: Metric[]; properties?: Record<string, unknown> } };
}
interface Metric {
  name: string;
  value: number;
  count: number;
  max?: number;
}

export interface Insights extends HttpsSink {
  envelopes(): Envelope[];
  /** The metrics as they come to stand in table AppMetrics. */
  metrics(): AppMetric[];
}

/** The ingestion of Application Insights, and the identity endpoint of App Service, where the tokens for it come from. */
export async function startInsights(): Promise<Insights> {
  const sink = await startHttpsSink(answer);
  const envelopes = () => sink.posts.flatMap(({ path, body }) => (path.endsWith("/track") ? (body as Envelope[]) : []));
  return { ...sink, envelopes, metrics: () => envelopes().flatMap(rowsOf) };
}

function rowsOf({ data: { baseData } }: Envelope): AppMetric[] {
  const { metrics = [], properties = {} } = baseData;
  return metrics.map(({ name, value, count, max = value }) => ({
    ...{ Name: name, Sum: value, Max: max, ItemCount: count },
    Properties: properties,
  }));
}

function answer({ path, body }: HttpsPost) {
  const headers = { "content-type": "application/json" };
  const expires_on = String(Math.floor(Date.now() / 1000) + 3600);
  const token = { access_token: "token-17", expires_on, token_type: "Bearer" };
  const received = Array.isArray(body) ? body.length : 0;
  const taken = { itemsReceived: received, itemsAccepted: received, errors: [] };
  return { status: 200, headers, body: path.startsWith("/msi/") ? token : taken };
}
