// Counts and measures, without telemetry to nobody. The table is for the SDK alone: a cold start need not read it.
import type { metrics } from "./metricTable.ts";
import { sink } from "./sink.ts";

type Metrics = typeof metrics;
type Named<K> = { [N in keyof Metrics]: Metrics[N]["kind"] extends K ? N : never }[keyof Metrics];
type Values<V> = V extends readonly [] ? string : V extends readonly (infer Value extends string)[] ? Value : never;
type AttributesOf<N extends keyof Metrics> = {
  [A in keyof Metrics[N]["attributes"]]: Values<Metrics[N]["attributes"][A]>;
};

export function count<N extends Named<"counter">>(metric: N, attributes: AttributesOf<N>): void {
  sink()?.count(metric, attributes);
}

export function measure<N extends Named<"histogram">>(metric: N, value: number, attributes: AttributesOf<N>): void {
  sink()?.measure(metric, value, attributes);
}

export function level(metric: Named<"gauge">, value: number): void {
  sink()?.level(metric, value);
}
