// Makes the folder that is deployed: the built app, and the packages that are not in the bundle, from our lock file. Nothing else of
// node_modules is loaded, and a smaller package starts sooner.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { externals } from "./externals.ts";
import { lockFor } from "./lockFor.ts";
import { sizeOf } from "./sizeOf.ts";

const repository = fileURLToPath(new URL("..", import.meta.url));
// azure.yaml deploys this folder.
const folder = resolve(process.argv[2] ?? join(repository, ".local/package"));
// By npm's own file where npm runs this: Windows has no `npm` that a process could start.
const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
const inRepository = (path: string) => join(repository, path);
const readJson = async (path: string) => JSON.parse(await readFile(inRepository(path), "utf8"));

// A folder with something in it, which is no package of ours, is not ours to empty.
if (existsSync(folder) && !existsSync(join(folder, "host.json")) && sizeOf(folder).files > 0) {
  process.stderr.write(`${folder} is not empty, and no package. Name another folder.\n`);
  process.exit(2);
}
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
execFileSync(process.execPath, [inRepository("scripts/build.ts"), join(folder, "dist")], {
  cwd: repository,
  stdio: ["ignore", "ignore", "inherit"],
});
await cp(inRepository("host.json"), join(folder, "host.json"));

const { name, version, license, private: unpublished, type, main, engines } = await readJson("package.json");
const lock = lockFor(externals, await readJson("package-lock.json"));
const { dependencies } = lock.packages[""] ?? {};
const manifest = { name, version, license, private: unpublished, type, main, engines, dependencies };
await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await writeFile(join(folder, "package-lock.json"), `${JSON.stringify(lock, null, 2)}\n`);
const pruned = ["--omit=dev", "--omit=optional", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
const [command = "npm", ...first] = npm;
execFileSync(command, [...first, "ci", ...pruned], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
await rm(join(folder, "node_modules/.package-lock.json"), { force: true });

const { files, bytes } = sizeOf(folder);
process.stdout.write(`${folder}: ${(bytes / 1_000_000).toFixed(1)} MB in ${files} files\n`);
