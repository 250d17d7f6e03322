import { CouldNotCheckError } from "../couldNotCheckError.ts";
import type { DeployedApp } from "./deployedApp.ts";
import { asObject, type Json } from "./json.ts";

/**
 * Asks the app's HTTP API, with a function key; `path` begins with /api.
 * @throws CouldNotCheckError when it gives no answer that is one of the app
 */
export type AskApp = (path: string) => Promise<Json>;

export function openApp({ url, name, group }: DeployedApp, key: () => Promise<string>): AskApp {
  return async (path) => {
    const answer = await fetch(url + path, {
      headers: { "x-functions-key": await key() },
      signal: AbortSignal.timeout(60_000),
    }).catch(() => {
      throw new CouldNotCheckError(
        `${name} does not answer`,
        "Does it run, and does it let this machine in (ACS_EVENTS_APP_RANGES)? az functionapp restart",
      );
    });
    const { status } = answer;
    if (status === 401 || status === 403) {
      throw new CouldNotCheckError(
        `${name} answers ${status} to a function key`,
        "With Entra ID, or inbound limited, ask it yourself: GET /api/health/details (docs/deploy.md)",
      );
    }
    if (status === 404) throw new CouldNotCheckError(`${name} has no ${path.split("?")[0]}`, "azd deploy");
    const body: unknown = await answer.json().catch(() => undefined);
    // Health is told with 503, too.
    if (status !== 200 && (status !== 503 || body === undefined)) {
      const advice = `Its log says why: az webapp log tail --resource-group ${group} --name ${name}`;
      throw new CouldNotCheckError(`${name} answers ${status} to ${path.split("?")[0]}`, advice);
    }
    return asObject(body);
  };
}
