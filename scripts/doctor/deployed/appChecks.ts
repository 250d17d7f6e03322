// What only the app itself can say: its settings as it sees them, and whether it reaches storage with its own identity.
import { readdir, readFile } from "node:fs/promises";
import { type Check, couldNotCheck, ok, problem, type Said } from "../finding.ts";
import type { CountOpen } from "../openProblems.ts";
import { judgeSettings } from "../settings.ts";
import type { AskApp } from "./askApp.ts";
import type { DeployedApp } from "./deployedApp.ts";
import { asList, asObject } from "./json.ts";

/** The settings as the app sees them. */
export function appSettings(app: DeployedApp, ask: AskApp): Check {
  const change = (name: string) =>
    `azd env set ACS_EVENTS_SETTINGS '…;${name}=…' && azd provision, or: az functionapp config appsettings set ` +
    `--resource-group ${app.group} --name ${app.name} --settings ${name}=…`;
  return {
    name: "setting",
    look: async () => {
      const { body } = await ask("/api/health/details");
      const states = Object.entries(asObject(body.settings)).map(([name, state]) => [name, String(state)]);
      if (states.length === 0) return [couldNotCheck("the app does not tell of its settings", "azd deploy")];
      return judgeSettings(Object.fromEntries(states), [...app.settings.keys()], change);
    },
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
  return async (kind, most) => asList((await ask(`/api/problems?kind=${kind}&pageSize=${most}`)).body.value).length;
}
