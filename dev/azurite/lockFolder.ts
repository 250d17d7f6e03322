import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Takes a data folder for this process. Azurite writes its databases whole, so of two on one folder the last to end would
 * overwrite what the other kept.
 * @returns a function that gives the folder back
 * @throws Error when a process that is alive has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, "stack.pid");
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
    const owner = Number(await readFile(file, "utf8"));
    if (isAlive(owner)) {
      throw new Error(
        `The data folder ${folder} is in use by process ${owner}. Choose another with --data DIR, or end it.`,
      );
    }
    await writeFile(file, String(process.pid));
  }
  return () => rm(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
