// Dead letters whose events came in another way meanwhile, by a redelivery or by hand, leave the list by themselves.
import { type Held, put, read, readAll, release, settle, type WorkKey } from "../../storage/ledger.ts";
import { problemId, readProblem } from "../../storage/problems.ts";
import { failureOf } from "../../telemetry/failureOf.ts";
import type { Run } from "./collectDeadLetters.ts";
import { deadLetterProblem } from "./deadLetterProblem.ts";
import { type OpenLetter, openLetterKey, openLetters } from "./openLetters.ts";
import { takeLetters } from "./takeLetters.ts";

/** Blobs that a run looks at; after the last one it begins again with the first. */
const most = 200;

const position: WorkKey = ["deadLetterPosition", ""];

/** Looks at a slice of the open ones. */
export async function lookAgain({ context, counts, end }: Run): Promise<void> {
  const after = (await read<{ blob: string }>(position))?.row.blob ?? "";
  let looked = 0;
  let last = "";
  for await (const held of readAll<OpenLetter>(openLetters, { first: after, last: "~" })) {
    if (looked >= most || performance.now() > end) {
      last = held.row.blob;
      break;
    }
    looked++;
    try {
      if (!(await isOver(held))) continue;
      await close(held);
      counts.resolved++;
    } catch (error) {
      counts.failed++;
      context.warn(`a dead letter could not be looked at: ${failureOf(error)}`);
    }
  }
  if (last !== after) await put(position, { blob: last });
}

/** Whether nobody needs to look at it any more: its events came in, or a person or a replay settled it. */
async function isOver({ row, etag }: Held<OpenLetter>): Promise<boolean> {
  const { blob, taken: before = "" } = row;
  const problem = await readProblem(problemId(deadLetterProblem(blob)));
  if (problem?.state !== "open") return true;
  const { open, taken = "" } = await takeLetters(blob, { advice: problem.advice, taken: before });
  if (open && taken !== before) await settle(openLetterKey(blob), etag, { taken });
  return !open;
}

function close({ row, etag }: Held<OpenLetter>): Promise<void> {
  return release(openLetterKey(row.blob), etag);
}
