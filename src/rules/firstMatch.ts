/** How one rule was judged. */
export interface Judgement {
  fits: boolean;
  /** For a person; may repeat what the rule was asked about. */
  why: string;
}

export interface Tried extends Judgement {
  rule: string;
}

/** What a rule is called: its name, or else its place in the document, e.g. `rules/3`. */
export function ruleId(rule: { name?: string }, index: number): string {
  return rule.name ?? `rules/${index}`;
}

/**
 * Judges rules in order. The first that fits is the one that counts; the others are judged all the same, so that the trace tells of
 * each what became of it.
 */
export function firstMatch<R extends { name?: string }, J extends Judgement>(
  rules: readonly R[],
  judge: (rule: R) => J,
): { first?: { rule: R; id: string; judgement: J }; trace: Tried[] } {
  let first: { rule: R; id: string; judgement: J } | undefined;
  const trace: Tried[] = [];
  for (const [index, rule] of rules.entries()) {
    const [id, judgement] = [ruleId(rule, index), judge(rule)];
    const { fits, why } = judgement;
    trace.push({ rule: id, fits, why: fits && first ? `${why}; but ${first.id} comes first` : why });
    if (fits) first ??= { rule, id, judgement };
  }
  return first ? { first, trace } : { trace };
}
