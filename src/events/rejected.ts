import { AcsEventsError, type ErrorCode } from "./errors.ts";

/** One thing that is wrong with an event. Names types and never values, so that reasons hold no personal data. */
export interface Reason {
  code: ErrorCode;
  /** RFC 6901 JSON pointer into the event as received; "" is the whole event. */
  pointer: string;
  expected: string;
  found: string;
}

const MAX_REASONS = 20;

/** An event that can never be accepted, with at most 20 reasons. */
export class Rejected extends AcsEventsError {
  readonly reasons: Reason[];

  constructor(reasons: readonly Reason[]) {
    const kept = reasons.slice(0, MAX_REASONS);
    const list = kept.map(
      (reason) => `${reason.pointer || "(event)"}: expected ${reason.expected}, found ${reason.found}`,
    );
    super("ACS_EVENTS_REJECTED", `The event is not one that this app can read; correct its sender. ${list.join("; ")}`);
    this.reasons = kept;
  }
}
