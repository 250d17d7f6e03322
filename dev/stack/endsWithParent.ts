import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Calls `end` when this process has lost its parent, or npm, if that is the parent, has lost its own (Node has no event for
 * that: they are looked at twice a second). So a stack that a test run or a terminal left behind does not stay. A stack that
 * was put in the background by a shell that is gone already has no parent to lose.
 */
export function endsWithParent(end: () => void): void {
  const parent = process.ppid;
  const starter = process.env.npm_lifecycle_event === undefined ? undefined : parentOf(parent);
  const timer = setInterval(() => {
    const left = starter !== undefined && starter !== 1 && parentOf(parent) !== starter;
    if (process.ppid === parent && !left) return;
    clearInterval(timer);
    end();
  }, 500);
  timer.unref();
}

/** The id of a process's parent; undefined when there is no such process. */
function parentOf(pid: number): number | undefined {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      return Number(stat.slice(stat.lastIndexOf(")")).split(" ")[2]);
    }
    return Number(execFileSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }));
  } catch {
    return undefined;
  }
}
