// Builds src/functions into dist/functions, the files that package.json's `main` names. The options are those observed to
// work in the real Node.js worker; each variant of them indexes well and then fails at the first invocation that loads an SDK.

import { globSync } from "node:fs";
import { rm } from "node:fs/promises";
import { build } from "esbuild";
import { externals } from "./externals.ts";

const outdir = process.argv[2] ?? "dist";
await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: globSync("src/functions/*.ts"),
  outbase: "src",
  outdir,
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node24",
  splitting: true,
  sourcemap: true,
  minifySyntax: true,

  external: externals,
  // "module" first: the CommonJS build of @azure/communication-sms has no SmsClient once bundled.
  mainFields: ["module", "main"],
  // The SDKs' CommonJS dependencies call require("net") and the like, which an ES module lacks.
  banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
  logLevel: "warning",
});
