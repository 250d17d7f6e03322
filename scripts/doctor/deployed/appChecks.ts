// What the app says of itself: its settings as it sees them, its functions, and the problems that it found.
import { readdir, readFile } from "node:fs/promises";
import { type Check, ok, problem, type Said } from "../finding.ts";
import type { CountOpen } from "../openProblems.ts";
import { judgeSettings } from "../settings.ts";
import type { AskApp } from "./askApp.ts";
import type { DeployedApp } from "./deployedApp.ts";
import { asList, asObject, type Json } from "./json.ts";

/**
 * The settings as the app sees them.
 * @param details of `GET /api/health/details`
 */
export function appSettings({ name, group, settings }: DeployedApp, details: Json): Check {
  const change = (setting: string) =>
    `azd env set ACS_EVENTS_SETTINGS '…;${setting}=…' && azd provision, or: az functionapp config appsettings set ` +
    `--resource-group ${group} --name ${name} --settings ${setting}=…`;
  const states = Object.entries(asObject(details.settings)).map(([setting, state]) => [setting, String(state)]);
  return {
    name: "setting",
    look: async () => judgeSettings(Object.fromEntries(states), [...settings.keys()], change),
  };
}

const folder = new URL("../../../src/functions/", import.meta.url);

/** Whether the app has all functions of this version. */
export function appFunctions({ functions, group, name }: DeployedApp): Check {
  return {
    name: "functions",
    look: async (): Promise<Said[]> => {
      const wanted = await namesOfFunctions();
      const missing = wanted.filter((one) => !functions.some((other) => other.toLowerCase() === one.toLowerCase()));
      if (missing.length === 0) return [ok(`all ${wanted.length} are there`)];
      const shown =
        missing.length > 5 ? `${missing.slice(0, 5).join(", ")} and ${missing.length - 5} more` : missing.join(", ");
      const log = `its log says why it does not start: az webapp log tail --resource-group ${group} --name ${name}`;
      return [problem(`the app does not have ${shown}`, `azd deploy; ${log}`)];
    },
  };
}

/** As this version registers them. */
async function namesOfFunctions(): Promise<string[]> {
  const texts = await Promise.all((await readdir(folder)).map((file) => readFile(new URL(file, folder), "utf8")));
  return texts.flatMap((text) => /\bapp\.\w+\(\s*"(\w+)"/.exec(text)?.[1] ?? []);
}

/** Counts open problems over HTTP: that needs no role on storage. */
export function countOverHttp(ask: AskApp): CountOpen {
  return async (kind, most) => asList((await ask(`/api/problems?kind=${kind}&pageSize=${most}`)).value).length;
}
