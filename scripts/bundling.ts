// How the app is bundled: the options are those observed to work in the real Node.js worker; each variant of them indexes well and
// then fails at the first invocation that loads an SDK.
import type { BuildOptions } from "esbuild";
import { externals } from "./externals.ts";

export const bundling = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node24",
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  sourcemap: true,
  minifySyntax: true,
  // A cold start reads all that registers functions; names stay, for stack traces.
  minifyWhitespace: true,
  external: externals,
  // "module" first: the CommonJS build of @azure/communication-sms has no SmsClient once bundled.
  mainFields: ["module", "main"],
  // The SDKs' CommonJS dependencies call require("net") and the like, which an ES module lacks.
  banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
  logLevel: "warning",
} satisfies BuildOptions;
