import { readFile } from "node:fs/promises";

interface LocalStack {
  storageConnectionString?: string;
  acsConnectionString?: string;
  acs?: string;
}

/**
 * Puts the values of local.settings.json, if there is one, into the environment, where they are not set already. With no storage account
 * named by either, it is that of the local stack, if it was started here; so is ACS.
 */
export async function loadLocalSettings(): Promise<void> {
  const { Values: values = {} } = await readJson<{ Values?: Record<string, string> }>("local.settings.json");
  for (const [name, value] of Object.entries(values)) process.env[name] ??= String(value);
  if (process.env.AzureWebJobsStorage || process.env.AzureWebJobsStorage__accountName) return;
  const { storageConnectionString, acsConnectionString, acs } = await readJson<LocalStack>(".local/stack.json");
  if (storageConnectionString) process.env.AzureWebJobsStorage = storageConnectionString;
  if (!acsConnectionString || !acs || process.env.ACS_CONNECTION_STRING || process.env.ACS_ENDPOINT) return;
  Object.assign(process.env, { ACS_CONNECTION_STRING: acsConnectionString, ACS_SIMULATOR: acs });
}

async function readJson<T extends object>(path: string): Promise<Partial<T>> {
  return JSON.parse(await readFile(path, "utf8").catch(() => "{}")) as Partial<T>;
}
