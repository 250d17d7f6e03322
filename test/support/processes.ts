import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

interface Process {
  pid: number;
  parent: number;
}

/** All processes that run; those that ended and only wait for their parent to take notice are gone already. */
function running(): Process[] {
  const lines = process.platform === "linux" ? linesOfProc() : linesOfPs();
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state = ""]) => !state.startsWith("Z"))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
}

function linesOfProc(): string[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.flatMap((id) => {
    try {
      // "7 (name, with anything) S 1 …": state and parent stand after the last parenthesis.
      const [state, parent] = readFileSync(`/proc/${id}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
      return [`${id} ${parent} ${state}`];
    } catch {
      return []; // it ended meanwhile
    }
  });
}

function linesOfPs(): string[] {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" }).trim().split("\n");
}

/** Ids of a process and of all that descend from it. */
export function family(pid: number): number[] {
  const all = running();
  const found = [pid];
  for (const ancestor of found) found.push(...all.flatMap((one) => (one.parent === ancestor ? [one.pid] : [])));
  return found;
}

/** Those of the processes that still run. */
export function alive(pids: readonly number[]): number[] {
  const all = new Set(running().map(({ pid }) => pid));
  return pids.filter((pid) => all.has(pid));
}
