import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Absolute path of a file or folder of the repository. */
export function inRepository(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** Text of a file of the repository. */
export function readText(path: string): string {
  return readFileSync(inRepository(path), "utf8");
}

/** Our TypeScript files below these folders, generated code aside, as paths from the root with forward slashes. */
export function sourceFiles(...folders: string[]): string[] {
  const found = folders.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: inRepository("") }));
  return found.map((path) => path.replaceAll("\\", "/")).filter((path) => !path.includes("/generated/"));
}
