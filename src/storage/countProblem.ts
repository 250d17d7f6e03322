// Problems that are counted: one row for what many events have in common. The hot path pays for few writes: the first time, then whenever
// the count has doubled, or a minute has passed. What a process had not written when it ended is lost, so counts say "at least".
import { type Problem, raiseProblem } from "./problems.ts";

interface Tally {
  written: number;
  pending: number;
  writtenAt: number;
}

/** Distinct problems that a process counts in a day; a flood of forged names must not become a flood of problems. */
const maxTallies = 200;

const minute = 60_000;

const tallies = new Map<string, Tally>();
let day = "";

/**
 * Counts something that needs a person.
 * @param times 0 for an event that was counted when it came first; the problem is raised if this process never raised it
 * @param others what is raised in place of the problem once there are too many
 */
export async function countProblem(problem: Problem, times: 0 | 1, others: Problem): Promise<void> {
  const now = new Date();
  const today = now.toISOString().slice(0, 10);
  if (today !== day) tallies.clear();
  day = today;
  const tooMany = tallies.size >= maxTallies && !tallies.has(nameOf(problem));
  await count(tooMany ? others : problem, times, now.getTime());
}

async function count(problem: Problem, times: number, now: number): Promise<void> {
  const tally = tallies.get(nameOf(problem)) ?? { written: 0, pending: 0, writtenAt: 0 };
  const isFirst = tally.writtenAt === 0;
  tallies.set(nameOf(problem), tally);
  tally.pending += times;
  const { pending } = tally;
  const due = pending >= tally.written || Math.abs(now - tally.writtenAt) >= minute;
  if (!isFirst && (pending === 0 || !due)) return;
  Object.assign(tally, { written: tally.written + pending, pending: 0, writtenAt: now });
  try {
    await raiseProblem(problem, { seen: pending });
  } catch (error) {
    Object.assign(tally, { written: tally.written - pending, pending: tally.pending + pending, writtenAt: 0 });
    throw error;
  }
}

function nameOf({ kind, raw }: Problem): string {
  return `${kind} ${raw}`;
}
