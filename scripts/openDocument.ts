import { readFile } from "node:fs/promises";
import { readConfig } from "../src/rules/configBlob.ts";
import type { ConfigDocument } from "../src/rules/configDocument.ts";
import { parseDocument } from "../src/rules/parseDocument.ts";
import type { Print } from "./rulesCommand.ts";

/**
 * Reads one of the owner's documents, and says whether it is valid.
 * @param file on this machine; else it is the one in the storage account
 * @returns undefined when it is not valid
 * @throws Error when it cannot be read
 */
export async function openDocument<T extends { rules: unknown[] } | { people: unknown[] }>(
  document: ConfigDocument<T>,
  file: string | undefined,
  print: Print,
): Promise<T | undefined> {
  const name = file ?? `config/${document.name}`;
  const text = await read(document.name, file).catch((error) => {
    throw new Error(`${name} could not be read: ${error instanceof Error ? error.message : error}`);
  });
  const where = text === undefined ? `There is no ${name}; the built-in one` : name;
  const parsed = text === undefined ? { value: document.fallback } : parseDocument(await document.kind(), text);
  if ("value" in parsed) {
    const { value } = parsed;
    const found = "rules" in value ? `${value.rules.length} rules` : `${value.people.length} people`;
    print.out(`${where} is valid: ${found}`);
    return value;
  }
  print.err(`${where} is not valid:`);
  for (const { instancePath, message } of parsed.findings) print.err(`  ${instancePath || "/"} ${message}`);
  return undefined;
}

async function read(name: string, file: string | undefined): Promise<string | undefined> {
  if (file !== undefined) return readFile(file, "utf8");
  const found = await readConfig(name);
  return found === undefined || found === "unchanged" ? undefined : found.text;
}
