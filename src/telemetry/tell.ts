import type { InvocationContext } from "@azure/functions";

/** What the line of an invocation says. No personal data, and nothing that a stranger wrote. */
export interface Told {
  outcome?: string;
  [fact: string]: unknown;
}

const told = new WeakMap<InvocationContext, Told>();

/** Says what became of an invocation. It is logged in one line of JSON when the invocation has ended; the last word on a fact counts. */
export function tell(context: InvocationContext, what: Told | string): void {
  told.set(context, { ...told.get(context), ...(typeof what === "string" ? { outcome: what } : what) });
}

export function toldOf(context: InvocationContext): Told {
  return told.get(context) ?? {};
}
