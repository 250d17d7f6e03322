import { CouldNotCheckError } from "../couldNotCheckError.ts";
import type { Options } from "../options.ts";
import type { Az } from "./az.ts";
import { asList, asObject, asText, type Json } from "./json.ts";

export interface DeployedApp {
  name: string;
  group: string;
  id: string;
  /** Where its HTTP functions are, without a slash at the end. */
  url: string;
  host: string;
  /** "Running", "Stopped". */
  state?: string;
  /** "24"; undefined when Azure does not say. */
  node?: string;
  settings: ReadonlyMap<string, string>;
  /** Names of its functions. */
  functions: string[];
  /** Of the identity with which it reaches storage and ACS; undefined when it has none. */
  principalId?: string;
}

/** Asks Azure what the app is. @throws CouldNotCheckError */
export async function readDeployedApp(
  az: Az,
  { group, app, url }: NonNullable<Options["deployed"]>,
): Promise<DeployedApp> {
  const name = app ?? (await onlyApp(az, group));
  const at = ["--resource-group", group, "--name", name];
  const [shown, settings, functions] = await Promise.all([
    az("functionapp", "show", ...at),
    az("functionapp", "config", "appsettings", "list", ...at),
    az("functionapp", "function", "list", ...at),
  ]);
  const site = lifted(shown);
  const host = asText(site.defaultHostName) ?? `${name}.azurewebsites.net`;
  const given = new Map(asList(settings).map((one) => [asText(one.name) ?? "", asText(one.value) ?? ""]));
  return {
    name,
    group,
    host,
    id: asText(site.id) ?? "",
    url: (url ?? `https://${host}`).replace(/\/+$/, ""),
    state: asText(site.state),
    node: nodeOf(site),
    settings: given,
    functions: asList(functions).map((one) => (asText(one.name) ?? "").split("/").at(-1) ?? ""),
    principalId: principalOf(asObject(site.identity), given.get("AzureWebJobsStorage__clientId")),
  };
}

/** A key that opens the HTTP functions. @throws CouldNotCheckError */
export async function functionKey(az: Az, { group, name }: DeployedApp): Promise<string> {
  const keys = asObject(await az("functionapp", "keys", "list", "--resource-group", group, "--name", name));
  const [key] = Object.values(asObject(keys.functionKeys)).filter((one) => typeof one === "string");
  if (key !== undefined) return key;
  const advice = `az functionapp keys set --resource-group ${group} --name ${name} --key-type functionKeys --key-name default`;
  throw new CouldNotCheckError(`${name} has no function key, so it cannot be asked`, advice);
}

async function onlyApp(az: Az, group: string): Promise<string> {
  const names = asList(await az("functionapp", "list", "--resource-group", group)).map(({ name }) => asText(name));
  const [only] = names;
  if (only !== undefined && names.length === 1) return only;
  throw new CouldNotCheckError(
    names.length === 0
      ? `${group} has no function app`
      : `${group} has ${names.length} function apps: ${names.join(", ")}`,
    "Name it: --app NAME",
  );
}

/** Versions of the CLI differ in whether members stand under `properties`. */
function lifted(value: unknown): Json {
  const { properties, ...rest } = asObject(value);
  return { ...rest, ...asObject(properties) };
}

/** Flex Consumption has it in functionAppConfig, other plans in linuxFxVersion ("Node|24"). */
function nodeOf(site: Json): string | undefined {
  const { name, version } = asObject(asObject(site.functionAppConfig).runtime);
  if (name === "node") return asText(version);
  const fx = asText(asObject(site.siteConfig).linuxFxVersion) ?? asText(site.linuxFxVersion);
  return /^node\|(\d+)/i.exec(fx ?? "")?.[1];
}

function principalOf(identity: Json, clientId: string | undefined): string | undefined {
  if (!clientId) return asText(identity.principalId);
  const all = Object.values(asObject(identity.userAssignedIdentities)).map(asObject);
  return asText(all.find((one) => asText(one.clientId)?.toLowerCase() === clientId.toLowerCase())?.principalId);
}
