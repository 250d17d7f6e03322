import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Loads the files of the glob in package.json's `main`, in order, as the Node.js worker does: the root package.json's
 * `type` decides between `import` and `require`, whatever a nested package.json says.
 * @throws if nothing matches, or what a file throws. (The real worker then starts with no functions and says nothing.)
 */
export async function loadApp(appDir: string): Promise<void> {
  const manifest: unknown = JSON.parse(readFileSync(join(appDir, "package.json"), "utf8"));
  const { main, type } = manifest as { main?: unknown; type?: unknown };
  if (typeof main !== "string") {
    throw new Error(
      'package.json has no "main": the Functions worker would load nothing. Set it to the glob of the built files.',
    );
  }
  const files = globSync(main, { cwd: appDir }).sort();
  if (files.length === 0) {
    throw new Error(
      `Found zero files matching the supplied pattern "${main}" of package.json's "main". Build the app first.`,
    );
  }
  const require = createRequire(join(appDir, "package.json"));
  for (const file of files) {
    const path = join(appDir, file);
    const isModule = extname(path) === ".mjs" || (extname(path) !== ".cjs" && type === "module");
    if (isModule) await import(pathToFileURL(path).href);
    else require(path);
  }
}
