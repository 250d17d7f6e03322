import { readFileSync } from "node:fs";

/** Clock ticks a second (getconf CLK_TCK); 100 on every Linux that Node.js runs on. */
const ticks = 100;

/** Seconds of processor time that a process has used, with those of its ended children. Linux only. */
export function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}
