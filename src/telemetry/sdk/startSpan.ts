import {
  isSpanContextValid,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { Span, SpanOptions } from "../sink.ts";

export function startSpan(tracer: Tracer, name: string, { parent, link, attributes }: SpanOptions): Span {
  const caused = contextOf(parent);
  const linked = contextOf(link);
  const span = tracer.startSpan(
    name,
    {
      // The host has the span that consumes the request or message; a second one would count everything twice.
      kind: SpanKind.INTERNAL,
      ...(attributes && { attributes }),
      ...(linked && { links: [{ context: linked }] }),
    },
    caused ? trace.setSpanContext(ROOT_CONTEXT, caused) : ROOT_CONTEXT,
  );
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`,
    add: (more) => void span.setAttributes(more),
    end(failure) {
      if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
      span.end();
    },
  };
}

function contextOf(traceparent: string | undefined): SpanContext | undefined {
  const [, traceId = "", spanId = "", flags = ""] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? "") ?? [];
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(context) ? context : undefined;
}
