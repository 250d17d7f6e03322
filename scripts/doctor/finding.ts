/**
 * couldNotCheck: it was asked for, and something is in the way. notChecked: it does not belong to what was asked for.
 * Text of either kind has no secret and no phone number.
 */
export type State = "ok" | "problem" | "couldNotCheck" | "notChecked";

export interface Finding {
  /** What was looked at: "settings", "storage role". */
  check: string;
  state: State;
  /** What was found, and why it matters. */
  says: string;
  /** The command, or the step, that mends it. */
  mend?: string;
}

export type Said = Omit<Finding, "check">;

/** Looks at one thing. What it throws is found as well: something that could not be checked. */
export interface Check {
  name: string;
  look: () => Promise<Said[]>;
}

export const ok = (says: string): Said => ({ state: "ok", says });
export const problem = (says: string, mend: string): Said => ({ state: "problem", says, mend });
export const notChecked = (says: string, mend?: string): Said => ({
  state: "notChecked",
  says,
  ...(mend !== undefined && { mend }),
});
export const couldNotCheck = (says: string, mend: string): Said => ({ state: "couldNotCheck", says, mend });
