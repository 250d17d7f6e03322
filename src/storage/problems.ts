// Table `problems`: what needs a person.
import { createHash } from "node:crypto";
import { onDemand, storageErrorCode } from "./onDemand.ts";
import { table } from "./tables.ts";

export interface Problem {
  /** What sort of trouble, e.g. `poisonedJob`; the partition. */
  kind: string;
  /** What it is about, without personal data: the same cause is the same problem. */
  cause: string;
  /** What the reader should do. */
  advice: string;
  /** Where the raw data is: a blob, or the job's message itself. */
  raw: string;
}

/** Longest text in a column of a table, in characters. */
const columnLength = 32_000;

/** Raises a problem, once per cause; raising it again only moves `lastSeen`, and opens it if it was resolved. */
export async function raiseProblem({ kind, cause, advice, raw }: Problem): Promise<void> {
  const problems = await table("problems");
  const now = new Date();
  const at = { partitionKey: kind, rowKey: createHash("sha256").update(cause).digest("hex") };
  const row = { ...at, cause, advice, raw: raw.slice(0, columnLength), state: "open", firstSeen: now, lastSeen: now };
  try {
    await onDemand(
      () => problems.createTable(),
      () => problems.createEntity(row),
    );
  } catch (error) {
    if (storageErrorCode(error) !== "EntityAlreadyExists") throw error;
    await problems.updateEntity({ ...at, state: "open", lastSeen: now }, "Merge");
  }
}
