import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inRepository } from "./repository.ts";

export interface Copy {
  dir: string;
  remove(): Promise<void>;
}

/** Copies these files and folders of the repository to a folder of their own, with its installed packages. */
export async function copyOfRepository(entries: readonly string[]): Promise<Copy> {
  const dir = await mkdtemp(join(tmpdir(), "acs-events-"));
  for (const entry of entries) await cp(inRepository(entry), join(dir, entry), { recursive: true });
  await symlink(inRepository("node_modules"), join(dir, "node_modules"), "dir");
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
