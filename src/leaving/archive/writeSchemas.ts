import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { schemaFiles } from "../schemas/published.ts";

/** Puts the schemas beside what they describe: who reads the export may not have this repository. */
export async function writeSchemas(root: string): Promise<void> {
  const folder = join(root, "schemas");
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(schemaFiles())) await writeFile(join(folder, name), text);
}
