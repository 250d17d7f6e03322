// Table `problems`: what needs a person.
import { createHash } from "node:crypto";
import type { ContainerName } from "./blobs.ts";
import { httpStatus, inTime, onDemand, storageErrorCode } from "./onDemand.ts";
import { table } from "./tables.ts";

export interface Problem {
  /** What sort of trouble, e.g. `poisonedJob`; the partition. */
  kind: string;
  /** What happened, without personal data: the same cause about the same raw data is the same problem. */
  cause: string;
  /** What the reader should do. */
  advice: string;
  /** What the problem is about: a blob, or the job's message itself. The same cause about the same raw data is the same problem. */
  raw: string;
  /** Where the raw data is, for whoever looks at it or has it done again. */
  source?: ProblemSource;
}

/** A blob, or a job that was taken off a queue. */
export type ProblemSource = { container: ContainerName; blob: string } | { queue: string; message: string };

/** Longest text in a column of a table, in characters (64 KiB of UTF-16). */
const columnLength = 32_000;

/** Raises a problem, once per cause; raising it again moves `lastSeen`, renews the advice, and opens it if it was resolved. */
export async function raiseProblem({ kind, cause, advice, raw }: Problem): Promise<void> {
  const problems = await table("problems");
  const now = new Date();
  const at = keysOf({ kind, cause, raw });
  const said = { advice: advice.slice(0, columnLength), state: "open", lastSeen: now };
  const row = { ...at, ...said, cause: cause.slice(0, columnLength), raw: raw.slice(0, columnLength), firstSeen: now };
  try {
    await onDemand(
      () => problems.createTable(),
      () => problems.createEntity(row, { abortSignal: inTime() }),
    );
  } catch (error) {
    if (storageErrorCode(error) !== "EntityAlreadyExists") throw error;
    await problems.updateEntity({ ...at, ...said }, "Merge", { abortSignal: inTime() });
  }
}

/** Resolves a problem whose cause is gone; nothing when it was never raised. */
export async function resolveProblem(problem: Omit<Problem, "advice">): Promise<void> {
  const problems = await table("problems");
  const resolved = { ...keysOf(problem), state: "resolved", resolvedAt: new Date() };
  try {
    await problems.updateEntity(resolved, "Merge", { abortSignal: inTime() });
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
  }
}

function keysOf({ kind, cause, raw }: Omit<Problem, "advice">) {
  return { partitionKey: kind, rowKey: createHash("sha256").update(`${cause}\n${raw}`).digest("hex") };
}
