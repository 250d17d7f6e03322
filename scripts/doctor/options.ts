import { parseArgs } from "node:util";
import { isLoopbackHost } from "../../src/acs/isLoopbackHost.ts";
import { type Family, families } from "../../src/events/families.ts";

export interface Options {
  json: boolean;
  /** The deployed app that is looked at; undefined: the settings of this machine are. */
  deployed?: { group: string; app?: string; subscription?: string; url?: string };
  /** Resource id of the ACS resource, where the app's ALLOWED_TOPICS does not say it. */
  acs?: string;
  families: readonly Family[];
  /** Lower case, without `Microsoft.Communication.`. */
  excludedTypes: ReadonlySet<string>;
}

export const usage = `Usage: npm run doctor -- [--json]
       npm run doctor -- --resource-group GROUP [--app NAME] [--subscription ID] [--acs ID] [--app-url URL]
                         [--families NAMES] [--excluded-types NAMES] [--json]

Without --resource-group it looks at the settings of the environment, or of local.settings.json, and at the account and the ACS
resource that they name. With it, at a deployed app, by the Azure CLI (az login) and a function key.

--app             name of the function app; needed if the group has several
--acs             resource id of the ACS resource; that of ALLOWED_TOPICS if left out
--app-url         address of the app, if it is another than its host name
--families        those that are subscribed to on purpose: ${families.join(",")}
--excluded-types  event types that are left out on purpose, as SMSReceived
                  (of both, ACS_EVENTS_SUBSCRIBED_FAMILIES and ACS_EVENTS_SUBSCRIBED_EXCLUDED_TYPES of the environment, if left out)

Exit code 0 if all is well, 1 if something is wrong, 2 if nothing is known to be, and something could not be checked. It mends
nothing, and what it makes to try roles on storage is gone afterwards.`;

/** @throws Error that says what is wrong with the arguments */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const string = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ "resource-group": string, app: string, subscription: string, acs: string, "app-url": string },
      ...{ families: string, "excluded-types": string, json: { type: "boolean" } },
    },
  });
  const { "resource-group": group, "app-url": url, app, subscription, acs } = values;
  if (group === undefined && (app ?? subscription ?? url ?? acs) !== undefined) {
    throw new Error("--resource-group is expected with it.");
  }
  if (url !== undefined && !isSafe(url)) throw new Error("--app-url: an https address is expected: it gets a key.");
  const named = listOf(values.families ?? env.ACS_EVENTS_SUBSCRIBED_FAMILIES);
  const excluded = listOf(values["excluded-types"] ?? env.ACS_EVENTS_SUBSCRIBED_EXCLUDED_TYPES);
  return {
    json: values.json === true,
    ...(group !== undefined && { deployed: { group, app, subscription, url } }),
    acs,
    families: named.length === 0 ? families : named.map(familyNamed),
    excludedTypes: new Set(excluded.map((type) => type.toLowerCase().replace("microsoft.communication.", ""))),
  };
}

function isSafe(url: string): boolean {
  const { protocol, hostname = "" } = URL.parse(url) ?? {};
  return protocol === "https:" || (protocol === "http:" && isLoopbackHost(hostname));
}

const listOf = (text = ""): string[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

function familyNamed(name: string): Family {
  const family = families.find((one) => one === name);
  if (!family) throw new Error(`--families: ${name} is none of ${families.join(", ")}.`);
  return family;
}
