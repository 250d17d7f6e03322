import type { Finding, State } from "./finding.ts";

const labels: Record<State, string> = {
  ok: "ok",
  problem: "PROBLEM",
  couldNotCheck: "COULD NOT CHECK",
  notChecked: "not checked",
};

/** 1 as soon as something is wrong, whatever could not be checked besides. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 | 2 {
  if (findings.some(({ state }) => state === "problem")) return 1;
  return findings.some(({ state }) => state === "couldNotCheck") ? 2 : 0;
}

/** A line for each finding, and one beneath it for what mends it. */
export function asLines(findings: readonly Finding[]): string[] {
  const width = Math.max(...Object.values(labels).map(({ length }) => length)) + 2;
  const lines = findings.flatMap(({ check, state, says, mend }) => [
    `${labels[state].padEnd(width)}${check}: ${says}`,
    ...(mend === undefined ? [] : [`${" ".repeat(width)}→ ${mend}`]),
  ]);
  const counts = (Object.keys(labels) as State[])
    .map((state) => [findings.filter((one) => one.state === state).length, labels[state].toLowerCase()] as const)
    .filter(([count]) => count > 0);
  return [...lines, counts.map(([count, label]) => `${count} ${label}`).join(", ")];
}

export function asJson(findings: readonly Finding[]): string {
  const result = (["ok", "problems", "couldNotCheck"] as const)[exitCodeOf(findings)];
  return JSON.stringify({ result, findings }, undefined, 2);
}
