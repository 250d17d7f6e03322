// Table `problems`: what needs a person. A problem is a row, and a row that lists it, which change together (problemRows.ts).
//
//   raise ──► open ──► resolved    its cause is gone; raised again, it is open again
//              │ ▲        ▲
//              ▼ │ reopen │
//           dismissed ────┘        a person said so: raised again, it stays dismissed until its cause was gone once
import { createHash } from "node:crypto";
import { count } from "../telemetry/metrics.ts";
import { type ProblemKind, problemKinds } from "./problemKinds.ts";
import { changeProblem, type ProblemKey, type ProblemRow, readProblemRow } from "./problemRows.ts";
import { columnsOfSource, type ProblemSource } from "./problemSource.ts";

export interface Problem {
  kind: ProblemKind;
  /** What happened, without personal data. */
  cause: string;
  /** What the reader should do. */
  advice: string;
  /** What the problem is about: a blob, or the job's message itself. The same cause about the same raw data is the same problem. */
  raw: string;
  /** Where the raw data is, for whoever looks at it or has it done again. */
  source?: ProblemSource;
  /** Path of the API, after `/api/`, that shows what the problem is about. */
  about?: string;
}

/** What a problem is known by. */
export type ProblemName = Pick<Problem, "kind" | "cause" | "raw">;

/** Longest text in a column of a table, in characters (64 KiB of UTF-16). */
const columnLength = 32_000;

/** A problem that goes on is noted once in this time (milliseconds), so that a flood of it does not fight for its row. */
const noteEvery = 10_000;

/**
 * Raises a problem, once per cause; raising it again moves `lastSeen`, renews the advice, and opens it if it was resolved.
 * @param how `seen`, of what is counted: how often it was seen since it was last raised. `isNew`: it was most likely never raised
 */
export async function raiseProblem(problem: Problem, how: { seen?: number; isNew?: boolean } = {}): Promise<void> {
  const { seen, isNew } = how;
  // Told even if the table cannot be written.
  count("acs_events.problems", { kind: problem.kind });
  const { cause, raw, source, about } = problem;
  const advice = fitting(problem.advice);
  // A write whose answer was lost is found in the row, and counts once.
  const countedBy = seen === undefined ? undefined : crypto.randomUUID();
  await changeProblem(
    keyOf(problem),
    (row) => {
      if (countedBy && row?.countedBy === countedBy) return undefined;
      const now = new Date();
      const counted = countedBy && { countedBy, count: Math.max(1, (row?.count ?? 0) + (seen ?? 0)) };
      const said = {
        ...counted,
        advice,
        lastSeen: now,
        ...(source && columnsOfSource(source)),
        ...(about && { about }),
      };
      if (!row) return { ...said, cause: fitting(cause), raw: fitting(raw), state: "open", firstSeen: now, since: now };
      if (row.state === "resolved") return { ...said, state: "open", since: now };
      const noted = !seen && now.getTime() - row.lastSeen.getTime() < noteEvery && row.advice === advice && row.since;
      return noted ? undefined : said;
    },
    isNew,
  );
}

/** Resolves a problem whose cause is gone; nothing when it was never raised, or is resolved. */
export async function resolveProblem(problem: ProblemName | string): Promise<void> {
  const key = typeof problem === "string" ? keyIn(problem) : keyOf(problem);
  await (key && changeState(key, "any", "resolved"));
}

/**
 * Takes an open problem off the list because a person says so. One that is resolved stays so.
 * @returns the problem as it is then; undefined when there is none of that id
 */
export async function dismissProblem(
  id: string,
  said: { by: string; reason: string },
): Promise<ProblemRow | undefined> {
  const key = keyIn(id);
  const columns = { dismissedAt: new Date(), dismissedBy: fitting(said.by), dismissedReason: fitting(said.reason) };
  return key && changeState(key, "open", "dismissed", columns);
}

/** Puts a dismissed problem back on the list. */
export async function reopenProblem(id: string, by: string): Promise<ProblemRow | undefined> {
  const key = keyIn(id);
  return key && changeState(key, "dismissed", "open", { reopenedAt: new Date(), reopenedBy: fitting(by) });
}

type State = ProblemRow["state"];

function changeState(key: ProblemKey, from: State | "any", state: State, columns: Partial<ProblemRow> = {}) {
  return changeProblem(key, (row) => {
    const changes = row && row.state !== state && (from === "any" || row.state === from);
    return changes ? { ...columns, state, since: new Date() } : undefined;
  });
}

/** A problem as it is kept; undefined when there is none of that id. */
export async function readProblem(id: string): Promise<(ProblemRow & { kind: ProblemKind }) | undefined> {
  const key = keyIn(id);
  const row = key && (await readProblemRow(key))?.row;
  return row && { ...row, kind: key.kind };
}

/** The id of a problem in the API. */
export function problemId(problem: ProblemName): string {
  const { kind, hash } = keyOf(problem);
  return `${kind}-${hash}`;
}

function keyOf({ kind, cause, raw }: ProblemName): ProblemKey {
  return { kind, hash: createHash("sha256").update(`${cause}\n${raw}`).digest("hex") };
}

function keyIn(id: string): ProblemKey | undefined {
  const [, name, hash = ""] = /^([A-Za-z]+)-([0-9a-f]{64})$/.exec(id) ?? [];
  const kind = problemKinds.find((known) => known === name);
  return kind && { kind, hash };
}

/** As a column holds it. A raw line separator within a transaction makes Azurite refuse all of it. */
function fitting(text: string): string {
  return text
    .slice(0, columnLength)
    .toWellFormed()
    .replace(/[\u2028\u2029]/g, " ");
}
