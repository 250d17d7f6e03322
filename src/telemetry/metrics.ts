// Counts and measures, without telemetry to nobody. The table is for the SDK alone: a cold start need not read it.
import type { metrics } from "./metricTable.ts";
import { type Attributes, sink } from "./sink.ts";

type Metrics = typeof metrics;
type Named<K> = { [N in keyof Metrics]: Metrics[N]["kind"] extends K ? N : never }[keyof Metrics];

export function count(metric: Named<"counter">, attributes: Attributes = {}, times = 1): void {
  sink()?.count(metric, times, attributes);
}

export function measure(metric: Named<"histogram">, value: number, attributes: Attributes = {}): void {
  sink()?.measure(metric, value, attributes);
}

export function level(metric: Named<"gauge">, value: number): void {
  sink()?.level(metric, value);
}
