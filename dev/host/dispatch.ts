import { randomBytes, randomUUID } from "node:crypto";
import type { AppFunction } from "./indexFunctions.ts";
import type { KeptWorker } from "./keepWorker.ts";
import type { InvocationResult, TriggerMetadata, TypedData } from "./protocol.ts";

export interface Invocation {
  invocationId?: string;
  data: TypedData;
  triggerMetadata?: TriggerMetadata;
  /** The header of the request that it comes with. */
  traceparent?: string | undefined;
}

export interface Outcome {
  /** Set if the function, one of its outputs or the app's process failed. */
  error?: string | undefined;
  returnValue?: TypedData | null | undefined;
}

/** Runs invocations in the app's process and sends their outputs after success, and only then. */
export interface Dispatcher {
  running(): number;
  /** How many were ever started; idle() compares it. */
  started(): number;
  /** Resolves when no large delivery is under way. */
  afterDelivery(): Promise<void>;
  /** Starts all at once. Never rejects. */
  run(fn: AppFunction, invocations: Invocation[]): Promise<Outcome[]>;
}

/** A span of the host's own, in the trace of the request or in a new one: a message on a queue has none as far as the host knows. */
function hostSpan(traceparent: string | undefined): string {
  const [, trace = randomBytes(16).toString("hex")] = /^00-([0-9a-f]{32})-/.exec(traceparent ?? "") ?? [];
  return `00-${trace}-${randomBytes(8).toString("hex")}-01`;
}

/** More events than this in one request are a large delivery. */
const largeDelivery = 100;

export function createDispatcher(
  worker: KeptWorker,
  sendToQueue: (queueName: string, data: TypedData) => Promise<void>,
  log: (line: string) => void,
): Dispatcher {
  let running = 0;
  let started = 0;
  const deliveries = new Set<Promise<Outcome[]>>();

  async function finish(fn: AppFunction, result: InvocationResult): Promise<Outcome> {
    let { error } = result;
    if (error === undefined) {
      try {
        const returned = result.returnValue ? [{ name: "$return", data: result.returnValue }] : [];
        for (const { name, data } of [...result.outputs, ...returned]) {
          const queueName = fn.queueOutputs[name];
          if (queueName) await sendToQueue(queueName, data);
        }
      } catch (cause) {
        error = `Error while handling the outputs: ${cause instanceof Error ? cause.message : String(cause)}`;
      }
    }
    if (error !== undefined)
      log(`host error: Executed 'Functions.${fn.name}' (Failed, Id=${result.invocationId}): ${error}`);
    return { error, returnValue: result.returnValue };
  }

  async function runAll(fn: AppFunction, invocations: Invocation[]): Promise<Outcome[]> {
    running += invocations.length;
    started += invocations.length;
    try {
      const requests = invocations.map(({ invocationId = randomUUID(), data, triggerMetadata = {}, traceparent }) => ({
        invocationId,
        functionName: fn.name,
        triggerName: fn.triggerName,
        data,
        triggerMetadata,
        traceContext: { traceParent: hostSpan(traceparent), traceState: "", attributes: {} },
      }));
      const results = await worker.invoke(requests);
      return await Promise.all(results.map(async (result) => finish(fn, await result)));
    } catch (error) {
      return invocations.map(() => ({ error: String(error) }));
    } finally {
      running -= invocations.length;
    }
  }

  return {
    running: () => running,
    started: () => started,
    async afterDelivery() {
      while (deliveries.size > 0) await Promise.all(deliveries);
    },
    run(fn, invocations) {
      const outcomes = runAll(fn, invocations);
      if (invocations.length > largeDelivery) {
        deliveries.add(outcomes);
        void outcomes.finally(() => deliveries.delete(outcomes));
      }
      return outcomes;
    },
  };
}
