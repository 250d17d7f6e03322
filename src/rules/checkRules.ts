import type { Finding } from "./finding.ts";

/** Whether the opening hours that a rule names are there. */
export function checkHoursNames(
  path: string,
  rule: { open?: string; closed?: string },
  hours: Readonly<Record<string, unknown>> = {},
): Finding[] {
  return (["open", "closed"] as const).flatMap((member) => {
    const name = rule[member];
    if (name === undefined || Object.hasOwn(hours, name)) return [];
    return [{ instancePath: `${path}/${member}`, message: "names no hours" }];
  });
}

/**
 * Whether each rule has a name of its own: records go by it.
 * @param taken names that no rule may have, and what to say of them
 */
export function checkRuleNames(
  rules: readonly { name?: string }[],
  taken: Readonly<Record<string, string>> = {},
): Finding[] {
  const names = rules.map(({ name }) => name);
  return names.flatMap((name, index) => {
    if (name === undefined) return [];
    const first = names.indexOf(name);
    const instancePath = `/rules/${index}/name`;
    const message = Object.hasOwn(taken, name) ? taken[name] : undefined;
    if (message !== undefined) return [{ instancePath, message }];
    return first < index ? [{ instancePath, message: `is also the name of /rules/${first}; choose another` }] : [];
  });
}
