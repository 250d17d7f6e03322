import type { InvocationContext, PostInvocationContext } from "@azure/functions";
import { begunOf } from "./beforeInvocation.ts";
import { failureOf } from "./failureOf.ts";
import { plainError } from "./plainError.ts";
import type { Attributes } from "./sink.ts";
import { type Told, toldOf } from "./tell.ts";

/** Facts that a span has too; the others are in the log. */
const inSpans = ["outcome", "identity", "type", "family", "status", "error"];

/** What comes after each function: one line that says what became of it, and the end of its span. What it threw the host logs, too. */
export function afterInvocation(hook: PostInvocationContext): void {
  const { invocationContext, inputs, result, error } = hook;
  const { startedAt = performance.now(), span } = begunOf(invocationContext) ?? {};
  const failed = error !== null && error !== undefined;
  const told = toldOf(invocationContext);
  const facts: Told = {
    ...eventOf(inputs[0]),
    ...statusOf(invocationContext, result),
    ...messageOf(invocationContext),
    ...told,
    ...(failed && { outcome: "failed", error: failureOf(error) }),
  };
  const { outcome = "done", ...rest } = facts;
  const durationMs = Math.round(performance.now() - startedAt);
  const line = JSON.stringify({ function: invocationContext.functionName, outcome, ...rest, durationMs });
  if (failed) hook.error = plainError(error);
  if (failed) invocationContext.error(line);
  else invocationContext.log(line);
  span?.add(attributesOf({ outcome, ...rest }));
  span?.end(failed ? failureOf(error) : undefined);
}

/** The event that a job is about, by the name of its blob: `{family}/{type}/…/{id}.{identity}.json`. */
function eventOf(input: unknown): Told {
  const blob = typeof input === "object" && input !== null && "event" in input ? input.event : undefined;
  const [, family, name, identity] =
    (typeof blob === "string" && /^(\w+)\/(\w+)\/.*\.([0-9a-f]{64})\.json$/s.exec(blob)) || [];
  return identity === undefined ? {} : { identity, type: `Microsoft.Communication.${name}`, family };
}

function statusOf({ options }: InvocationContext, result: unknown): Told {
  if (options.trigger.type !== "httpTrigger") return {};
  const given = typeof result === "object" && result !== null && "status" in result ? result.status : undefined;
  return { status: typeof given === "number" ? given : 200 };
}

/** Which try it is, and how long the message waited since it was put there or its time came. */
function messageOf({ options, triggerMetadata }: InvocationContext): Told {
  if (options.trigger.type !== "queueTrigger") return {};
  const { dequeueCount, insertionTime } = triggerMetadata ?? {};
  const inserted = Date.parse(String(insertionTime));
  return {
    attempt: Number(dequeueCount) || 1,
    ...(Number.isFinite(inserted) && { queuedMs: Math.max(0, Date.now() - inserted) }),
  };
}

function attributesOf(facts: Told): Attributes {
  const found = inSpans.flatMap((name) => {
    const value = facts[name];
    return typeof value === "string" || typeof value === "number" ? [[`acs_events.${name}`, value] as const] : [];
  });
  return Object.fromEntries(found);
}
