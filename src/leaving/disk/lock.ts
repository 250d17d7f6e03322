// One export into a folder at a time: a file that says which process has it. One that died, and left the file, does not keep the next out.
import { open, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";

/**
 * Does work that no other process may do with the same folder.
 * @param file which says who does it
 * @throws Error when somebody else does it now
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await take(file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<void> {
  for (let again = true; ; again = false) {
    try {
      const lock = await open(file, "wx");
      await lock.writeFile(`${process.pid} ${hostname()}\n`);
      return await lock.close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const [pid, host = ""] = (await readFile(file, "utf8").catch(() => "")).trim().split(" ");
    if (!again || lives(Number(pid), host)) {
      const who = host ? `Process ${pid} on ${host}` : "Another process";
      throw new Error(
        `${who} exports into this folder. Wait until it is done; if there is no such process, delete ${file}.`,
      );
    }
    await rm(file, { force: true });
  }
}

/** Of another machine nothing is known. A process has one export, so a lock of its own number is that of an earlier one. */
function lives(pid: number, host: string): boolean {
  if (host !== hostname() || !(pid > 0)) return true;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
