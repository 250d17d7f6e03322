import { readFile } from "node:fs/promises";

/**
 * Puts the values of local.settings.json, if there is one, into the environment, where they are not set already. With no storage account
 * named by either, it is that of the local stack, if it was started here.
 */
export async function loadLocalSettings(): Promise<void> {
  const { Values: values = {} } = await readJson<{ Values?: Record<string, string> }>("local.settings.json");
  for (const [name, value] of Object.entries(values)) process.env[name] ??= String(value);
  if (process.env.AzureWebJobsStorage || process.env.AzureWebJobsStorage__accountName) return;
  const { storageConnectionString } = await readJson<{ storageConnectionString?: string }>(".local/stack.json");
  if (storageConnectionString) process.env.AzureWebJobsStorage = storageConnectionString;
}

async function readJson<T extends object>(path: string): Promise<Partial<T>> {
  return JSON.parse(await readFile(path, "utf8").catch(() => "{}")) as Partial<T>;
}
