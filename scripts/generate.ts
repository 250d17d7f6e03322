// `npm run generate`: writes every generated file of the repository.
//   --check   writes nothing; names the files that are not what their sources say, and exits 1 if there is one
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { schemaFiles } from "../src/leaving/schemas/published.ts";
import { generateConfigValidators } from "./generateConfigValidators.ts";
import { generateNumberLengths } from "./generateNumberLengths.ts";
import { generateValidators, validatorsFile } from "./generateValidators.ts";

const files: [path: string, text: string][] = [
  [fileURLToPath(validatorsFile), await generateValidators()],
  [fileURLToPath(new URL("../src/events/generated/numberLengths.js", import.meta.url)), generateNumberLengths()],
];
for (const [name, text] of Object.entries(await generateConfigValidators())) {
  files.push([fileURLToPath(new URL(`../${name}`, import.meta.url)), text]);
}
for (const [name, text] of Object.entries(schemaFiles())) {
  files.push([fileURLToPath(new URL(`../docs/schemas/export/${name}`, import.meta.url)), text]);
}

for (const [path, text] of files) {
  if (!process.argv.includes("--check")) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } else if ((await readFile(path, "utf8").catch(() => "")) !== text) {
    console.error(`${path} is not what its source says: run "npm run generate".`);
    process.exitCode = 1;
  }
}
