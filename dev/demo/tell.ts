interface Outcome {
  outcome?: string;
  type?: string;
  reasons?: string[];
  warnings?: string[];
  durationMs?: number;
}

/** A line of the host's log as the terminal shows it: the outcome of an event in words, everything else as it is. */
export function tell(line: string): string {
  const [, name, json] = /^(\w+): (\{.*\})$/.exec(line) ?? [];
  if (!json) return `  app  ${line}`;
  const { outcome, type = "", reasons = [], warnings = [], durationMs } = JSON.parse(json) as Outcome;
  const what = [outcome, type.replace("Microsoft.Communication.", "")].filter(Boolean).join(" ");
  const notes = [...reasons, ...warnings].map((note) => `\n         ${note}`).join("");
  return `  app  ${name}: ${what}, ${durationMs} ms${notes}`;
}
