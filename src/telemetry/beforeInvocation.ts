import type { PreInvocationContext } from "@azure/functions";
import { openTelemetry } from "./openTelemetry.ts";
import { type Span, sink } from "./sink.ts";
import { untraced, within } from "./spans.ts";

/** What is kept of an invocation until its end. */
export interface Begun {
  startedAt: number;
  span: Span | undefined;
}

const begun = new WeakMap<object, Begun>();

export function begunOf(invocation: object): Begun | undefined {
  return begun.get(invocation);
}

/**
 * What comes before each function: its span begins, as a child of the job's trace or of the host's.
 *
 *   Event Grid ──► host: request ──► smsEvents ──► archive
 *                                       └── traceparent in the job ──► sendAutoReply ──► …       linked to the host's span of the message
 */
export async function beforeInvocation(hook: PreInvocationContext): Promise<void> {
  const { invocationContext, functionHandler } = hook;
  await openTelemetry(invocationContext);
  const ofHost = invocationContext.traceContext?.traceParent;
  const { type } = invocationContext.options.trigger;
  let ofJob: string | undefined;
  if (type === "queueTrigger") {
    // No function sees it: a problem is known by its job, which must not be another one in each trace.
    const { message, traceparent } = untraced(hook.inputs[0]);
    hook.inputs[0] = message;
    ofJob = traceparent;
  }
  const span = sink()?.startSpan(invocationContext.functionName, {
    parent: ofJob ?? ofHost,
    link: ofJob && ofHost,
    attributes: { "faas.invocation_id": invocationContext.invocationId, "faas.trigger": triggerOf(type) },
  });
  begun.set(invocationContext, { startedAt: performance.now(), span });
  if (span) hook.functionHandler = (...inputs) => within(span, () => functionHandler(...inputs));
}

/** As OpenTelemetry names them: https://opentelemetry.io/docs/specs/semconv/attributes-registry/faas/ */
function triggerOf(type: string): string {
  if (type === "httpTrigger") return "http";
  return type === "timerTrigger" ? "timer" : "pubsub";
}
