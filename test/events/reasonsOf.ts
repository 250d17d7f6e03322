import { accept } from "../../src/events/accept.ts";
import { type Reason, Rejected } from "../../src/events/rejected.ts";

/** Why an event is refused; fails when it is accepted or when anything but Rejected is thrown. */
export function reasonsOf(raw: unknown, rules?: Parameters<typeof accept>[1]): Reason[] {
  try {
    accept(raw, rules);
  } catch (error) {
    if (error instanceof Rejected) return error.reasons;
    throw error;
  }
  throw new Error("The event was accepted.");
}
