// Reads the built app as esbuild sees it: which files a function loads when it is indexed, and which packages are in them.
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { build } from "esbuild";
import { inRepository } from "./repository.ts";

type When = "atStart" | "ever";

export interface Bundle {
  functions: string[];
  /** The built files that a function loads when it is indexed (static imports only), or ever (dynamic imports too). */
  filesOf(functionName: string, when: When): string[];
  /** The npm packages of which code is in a built file. */
  packagesIn(file: string): string[];
  packagesOf(functionName: string, when: When): string[];
  /** Size of those files, in bytes. */
  bytesOf(functionName: string, when: When): number;
}

/** Reads a built app; `folder` holds `functions` and `chunks`. */
export async function readBundle(folder = inRepository("dist")): Promise<Bundle> {
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: ["functions/*.js"],
    outdir: "unused",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    packages: "external",
    write: false,
    metafile: true,
  });

  function filesOf(functionName: string, when: When): string[] {
    const files = new Set([`functions/${functionName}.js`]);
    for (const file of files) {
      for (const { path, kind, external } of metafile.inputs[file]?.imports ?? []) {
        if (!external && (when === "ever" || kind !== "dynamic-import")) files.add(path);
      }
    }
    return [...files];
  }

  const packages = new Map(Object.keys(metafile.inputs).map((file) => [file, packagesOfMap(`${folder}/${file}.map`)]));
  const packagesIn = (file: string) => packages.get(file) ?? [];

  return {
    functions: Object.keys(metafile.inputs)
      .filter((file) => file.startsWith("functions/"))
      .map((file) => basename(file, ".js"))
      .sort(),
    filesOf,
    packagesIn,
    packagesOf: (name, when) => [...new Set(filesOf(name, when).flatMap(packagesIn))].sort(),
    bytesOf: (name, when) => filesOf(name, when).reduce((sum, file) => sum + statSync(`${folder}/${file}`).size, 0),
  };
}

function packagesOfMap(path: string): string[] {
  const { sources }: { sources: string[] } = JSON.parse(readFileSync(path, "utf8"));
  return sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
}
