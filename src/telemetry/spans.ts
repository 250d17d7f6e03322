// The span that code runs in. A trace goes through a queue as the member `traceparent` of the job: the host begins a trace of its own
// for each message, and knows nothing of the one that put it there.
import { AsyncLocalStorage } from "node:async_hooks";
import { failureOf } from "./failureOf.ts";
import { type Attributes, type Span, sink } from "./sink.ts";

const active = new AsyncLocalStorage<Span>();

/** Runs work as a step of what runs now; without telemetry it just runs. */
export async function inSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  const span = sink()?.startSpan(name, { parent: active.getStore()?.traceparent, attributes });
  if (!span) return work();
  try {
    const result = await active.run(span, work);
    span.end();
    return result;
  } catch (error) {
    span.end(failureOf(error));
    throw error;
  }
}

/** Runs work whose span somebody else ends. */
export function within<T>(span: Span, work: () => T): T {
  return active.run(span, work);
}

/** A job as it is put on a queue: with the trace that asks for it, if there is one. */
export function traced<J extends object>(job: J): J & { traceparent?: string } {
  const traceparent = active.getStore()?.traceparent;
  return traceparent === undefined ? job : { ...job, traceparent };
}

/** A message apart from its trace. Whoever can write to the queue may have made it up, so it must look like one. */
export function untraced(message: unknown): { message: unknown; traceparent?: string | undefined } {
  if (typeof message !== "object" || message === null || !("traceparent" in message)) return { message };
  const { traceparent, ...rest } = message;
  const valid = typeof traceparent === "string" && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(traceparent);
  return { message: rest, traceparent: valid ? traceparent : undefined };
}
