// Builds the app: dist/main.js, the file that package.json's `main` names, registers all of src/functions. One file, because the worker
// loads all functions on every instance, and 75 entries with what they share took twice as long (docs/performance.md).

import { globSync } from "node:fs";
import { rm } from "node:fs/promises";
import { build } from "esbuild";
import { bundling } from "./bundling.ts";

const outdir = process.argv[2] ?? "dist";
const functions = globSync("src/functions/*.ts").sort();
await rm(outdir, { recursive: true, force: true });
await build({
  ...bundling,
  stdin: {
    contents: functions.map((file) => `import "./${file}";`).join("\n"),
    resolveDir: ".",
    sourcefile: "main.ts",
    loader: "ts",
  },
  entryNames: "main",
  outdir,
});
