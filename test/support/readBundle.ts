// Reads the app as esbuild bundles it, each function by itself: what it loads when it is indexed, and which packages are in that.
import { basename } from "node:path";
import { build } from "esbuild";
import { bundling } from "../../scripts/bundling.ts";
import { inRepository } from "./repository.ts";

type When = "atStart" | "ever";

export interface Bundle {
  functions: string[];
  packagesOf(functionName: string, when: When): string[];
  /** Size of what functions load when they are indexed (static imports only), or ever (dynamic imports too), in bytes. */
  bytesOf(functionNames: readonly string[], when: When): number;
}

/** Bundles the app's functions as the build does, but as an entry each, and writes nothing. */
export async function readBundle(): Promise<Bundle> {
  const { metafile } = await build({
    ...bundling,
    absWorkingDir: inRepository(""),
    entryPoints: ["src/functions/*.ts"],
    outbase: "src",
    outdir: "unused",
    write: false,
    metafile: true,
  });
  const { outputs } = metafile;

  function filesOf(functionName: string, when: When): string[] {
    const files = new Set([`unused/functions/${functionName}.js`]);
    for (const file of files) {
      for (const { path, kind, external } of outputs[file]?.imports ?? []) {
        if (!external && (when === "ever" || kind !== "dynamic-import")) files.add(path);
      }
    }
    return [...files];
  }

  const packagesIn = (file: string) =>
    Object.keys(outputs[file]?.inputs ?? {}).flatMap((input) => packageOf(input) ?? []);
  return {
    functions: Object.values(outputs)
      .flatMap(({ entryPoint }) => (entryPoint?.startsWith("src/functions/") ? [basename(entryPoint, ".ts")] : []))
      .sort(),
    packagesOf: (name, when) => [...new Set(filesOf(name, when).flatMap(packagesIn))].sort(),
    bytesOf(names, when) {
      const files = new Set(names.flatMap((name) => filesOf(name, when)));
      return [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
    },
  };
}

/** The npm package that a source file is of, if it is of one. */
export function packageOf(path: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}
