import { readFile } from "node:fs/promises";

/** Puts the values of local.settings.json, if there is one, into the environment, where they are not set already. */
export async function loadLocalSettings(): Promise<void> {
  const text = await readFile("local.settings.json", "utf8").catch(() => "{}");
  const { Values: values = {} } = JSON.parse(text) as { Values?: Record<string, string> };
  for (const [name, value] of Object.entries(values)) process.env[name] ??= String(value);
}
