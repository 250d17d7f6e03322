// The gate between one of our numbers and one of theirs: what was answered there lately. Pure.

/** A reply that went through. */
interface Passed {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Hash of the words that were answered; none for an opt-out word. */
  words?: string;
}

export interface Gate {
  passed: readonly Passed[];
  /** When each rule with a cool-down answered last, by its name; milliseconds since 1970. */
  cooling: Readonly<Record<string, number>>;
}

export interface Passage extends Passed {
  rule: string;
  coolDownMs: number;
}

export interface Limits {
  perHour: number;
  /** How long the same words are not answered again, in milliseconds. */
  repeatMs: number;
}

const hour = 3_600_000;

/** As the schema of the rules has it, in milliseconds. */
const longestCoolDown = 525_600 * 60_000;

/** A row of the ledger has room for so many; nobody wants more in an hour. */
const most = 250;

export const openGate: Gate = { passed: [], cooling: {} };

/**
 * Lets a reply through, or says why not. One that went through before goes through again: its job may have been cut off.
 * @returns the gate as it is then, or the reason
 */
export function pass(gate: Gate, { rule, coolDownMs, ...next }: Passage, limits: Limits): Gate | { refused: string } {
  if (gate.passed.some(({ id }) => id === next.id)) return gate;
  const within = (span: number) => gate.passed.filter(({ at }) => next.at - at < span);
  if (next.words && within(limits.repeatMs).some(({ words }) => words === next.words)) {
    return { refused: "the same words were answered a short while ago" };
  }
  if (isCooling(gate, rule, coolDownMs, next.at)) return { refused: "the rule is cooling down for this sender" };
  if (within(hour).length >= Math.min(limits.perHour, most))
    return { refused: "the limit of replies in an hour is reached" };
  const kept = within(Math.max(hour, limits.repeatMs)).slice(-(most - 1));
  const fresh = Object.entries(gate.cooling).filter(([, at]) => next.at - at < longestCoolDown);
  const cooling = { ...Object.fromEntries(fresh), ...(coolDownMs > 0 && { [rule]: next.at }) };
  return { passed: [...kept, next], cooling };
}

/** Whether a rule answered less than its cool-down ago. */
export function isCooling({ cooling }: Gate, rule: string, coolDownMs: number, now: number): boolean {
  const last = Object.hasOwn(cooling, rule) ? cooling[rule] : undefined;
  return last !== undefined && now - last < coolDownMs;
}
