// Where telemetry goes. The app's code knows only this; the OpenTelemetry SDK stands behind it, and is loaded when a setting asks for it.

export type Attributes = Record<string, string | number | boolean>;

export interface SpanOptions {
  /** traceparent (https://www.w3.org/TR/trace-context/) of what caused it. */
  parent?: string | undefined;
  /** traceparent of what belongs to it besides. */
  link?: string | undefined;
  attributes?: Attributes;
}

export interface Span {
  /** What is caused by it names it so. */
  readonly traceparent: string;
  add(attributes: Attributes): void;
  /** @param failure code or name of the error that ended it: no message, which may hold anything */
  end(failure?: string): void;
}

export interface Sink {
  startSpan(name: string, options: SpanOptions): Span;
  count(metric: string, attributes: Attributes): void;
  measure(metric: string, value: number, attributes: Attributes): void;
  level(metric: string, value: number): void;
  /** Sends what it holds. Never rejects. */
  flush(): Promise<void>;
}

let current: Sink | undefined;

/** The sink of this process; undefined when no setting asks for telemetry, or it is not loaded yet. */
export function sink(): Sink | undefined {
  return current;
}

export function setSink(opened: Sink | undefined): void {
  current = opened;
}
