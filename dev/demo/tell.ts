interface Outcome {
  outcome?: string;
  type?: string;
  reasons?: string[];
  /** How many; the event's row in the timeline says which. */
  warnings?: number;
  durationMs?: number;
}

/** A line of the host's log as the terminal shows it: the outcome of an event in words, everything else as it is. */
export function tell(line: string): string {
  const [, name, json] = /^(\w+): (\{.*\})$/.exec(line) ?? [];
  if (!json) return `  app  ${line}`;
  const { outcome, type = "", reasons = [], warnings = 0, durationMs } = JSON.parse(json) as Outcome;
  const what = [outcome, type.replace("Microsoft.Communication.", "")].filter(Boolean).join(" ");
  const told = warnings > 0 ? [...reasons, `${warnings} warning(s), in its row of the timeline`] : reasons;
  const notes = told.map((note) => `\n         ${note}`).join("");
  return `  app  ${name}: ${what}, ${durationMs} ms${notes}`;
}
