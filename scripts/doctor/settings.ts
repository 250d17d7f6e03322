import { checkSettings, settings } from "../../src/config.ts";
import { type Check, ok, problem, type Said } from "./finding.ts";

/** @param change the command that sets a setting to a value */
export function settingsOfProcess(change: (name: string) => string): Check {
  return { name: "setting", look: async () => judgeSettings(checkSettings(), Object.keys(process.env), change) };
}

/**
 * @param states each setting with what is wrong with it, or "valid"
 * @param given names of all settings that somebody gave
 */
export function judgeSettings(
  states: Record<string, string>,
  given: readonly string[],
  change: (name: string) => string,
): Said[] {
  const wrong = Object.entries(states).filter(([, state]) => state !== "valid");
  const said = [
    ...wrong.map(([name, state]) => problem(state, change(name))),
    ...misspelt(given).map(([name, meant]) => problem(`${name} is read by nobody: ${meant} is meant`, change(meant))),
  ];
  return said.length > 0 ? said : [ok(`all ${Object.keys(states).length} have a valid form`)];
}

/** Names that are one of ours but for letter case, hyphens and underscores. */
function misspelt(given: readonly string[]): [name: string, meant: string][] {
  const plain = (name: string) => name.replaceAll(/[-_]/g, "").toLowerCase();
  const known = new Map(Object.keys(settings).map((name) => [plain(name), name]));
  return given.flatMap((name): [string, string][] => {
    const meant = known.get(plain(name));
    return meant === undefined || meant === name || given.includes(meant) ? [] : [[name, meant]];
  });
}
