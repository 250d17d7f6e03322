// Erases a person in slices, each a job of its own.
//
//   job (turn n) ──► stages, from where the last slice ended ──► settle: turn n+1, stage, cursor ──► job (turn n+1)
//     │                 │ each step can be done twice              │ if unchanged                     │
//     │                 └ a crash: the message comes again         └ another was faster: nothing      └ a crash before it: the message
//     └ the row is at turn n+1: that job may be lost, and is put on the queue again                     of turn n comes again
//
//   pass 1: all stages ──► some minutes ──► pass 2: all again, for what was on its way meanwhile ──► done
import type { InvocationContext } from "@azure/functions";
import { settingOrDefault } from "../../config.ts";
import type { ErasureJob } from "../../intake/jobs.ts";
import { delayUntil, dueIn, enqueue } from "../../storage/enqueue.ts";
import { lostRace, read, readAll, settle } from "../../storage/ledger.ts";
import { noteErased } from "../../storage/tombstones.ts";
import { tell } from "../../telemetry/tell.ts";
import { readHeldThings } from "../holds/heldThings.ts";
import { type ContextRow, contextsOf, type ErasureRow, entitiesIn, erasureKey } from "./erasureRow.ts";
import { fetchesGoOn } from "./fetchesGoOn.ts";
import { finderOf } from "./finder.ts";
import { finishErasure } from "./finishErasure.ts";
import { finishCopies, finishRows } from "./finishLeft.ts";
import { stages } from "./stages/index.ts";
import { tokenOf } from "./subjectHash.ts";
import type { Work } from "./work.ts";

/** How long a slice works, in milliseconds: far less than a function's time. */
const sliceTime = 60_000;

/** A hold that is set meanwhile counts after this time, in milliseconds, or where there are many after so many times what reading them takes. */
const holdsFresh = 5_000;
const holdsShare = 10;

/**
 * Between the passes, in milliseconds: an event that was in the corridor, or a text that was being sent, has come to its end. Passes that wait
 * for recordings are ever further apart.
 */
const between = (pass: number) => Math.min(5 * 60_000 * 2 ** (pass - 2), 3_600_000);

/** Handles a job of queue `person-erasures`. */
export async function runErasure({ erasure: id, turn }: ErasureJob, context: InvocationContext): Promise<void> {
  const held = await read<ErasureRow>(erasureKey(id));
  if (!held) return tell(context, "no such erasure");
  if (held.row.state === "done") return tell(context, "already done");
  if (held.row.turn === turn + 1) return handOn(id, held.row.turn, delayUntil(held.row.notBefore));
  if (held.row.turn !== turn) return tell(context, "another job's turn");
  await finishRows(id);
  const work = await openWork(id, held.row);
  const personHeld = work.held.ofPerson(work.finder.subject.entities);
  if (personHeld) {
    work.kept.add(personHeld);
    return finishErasure(id, held, work, true);
  }
  await finishCopies(id, turn);
  const { stage, pass, askedAt } = held.row;
  const waits = stage === "" ? pass > 1 && (await fetchesGoOn(work, askedAt)) : (held.row.waits ?? false);
  const next = await slice(work, held.row);
  if (next.stage === "" && next.pass > 2 && !waits) return finishErasure(id, held, work);
  const delay = next.stage === "" ? between(next.pass) : 0;
  const reached = {
    ...next,
    waits,
    turn: turn + 1,
    notBefore: dueIn(delay),
    names: JSON.stringify([...work.names]),
    counts: JSON.stringify(work.counts),
    held: JSON.stringify([...work.kept]),
  };
  try {
    await settle(erasureKey(id), held.etag, reached);
  } catch (error) {
    if (!lostRace(error)) throw error;
    return tell(context, "another job was faster");
  }
  await handOn(id, turn + 1, delay);
  tell(context, `goes on at ${next.stage || `pass ${next.pass}`}`);
}

async function handOn(erasure: string, turn: number, delay = 0): Promise<void> {
  await enqueue("person-erasures", { erasure, turn } satisfies ErasureJob, delay);
}

/** Works until the time of a slice is over. @returns where the next one begins; stage "" at the begin of a pass */
async function slice(
  work: Work,
  { stage, cursor, pass }: ErasureRow,
): Promise<Pick<ErasureRow, "stage" | "cursor" | "pass">> {
  const stopAt = performance.now() + sliceTime * settingOrDefault("DELAY_SCALE");
  let readHolds = performance.now() + holdsFresh;
  const first = Math.max(
    0,
    stages.findIndex(([name]) => name === stage),
  );
  for (const [name, run] of stages.slice(first)) {
    for await (const reached of run(work, name === stage ? cursor : "")) {
      // An empty place is the end of the stage: going on from there would be to begin it anew.
      if (performance.now() > stopAt && reached !== "") return { stage: name, cursor: reached, pass };
      if (performance.now() > readHolds) {
        const began = performance.now();
        work.held = await readHeldThings();
        const now = performance.now();
        readHolds = now + Math.max(holdsFresh, holdsShare * (now - began));
      }
    }
    // The names that it found are on record before what shows them is erased: after a crash nothing would tell them.
    if (name === "gather") return { stage: "judgeContexts", cursor: "", pass };
  }
  return { stage: "", cursor: "", pass: pass + 1 };
}

async function openWork(id: string, row: ErasureRow): Promise<Work> {
  const entities = entitiesIn(row);
  const names = JSON.parse(row.names) as string[];
  const contexts = new Map<string, boolean | undefined>();
  for await (const { row: known } of readAll<ContextRow>(contextsOf(id))) contexts.set(known.context, known.alone);
  return {
    id,
    pass: row.pass,
    finder: finderOf({ entities, names, token: await tokenOf(entities) }),
    names: new Set(names),
    held: await readHeldThings(),
    contexts,
    counts: JSON.parse(row.counts),
    kept: new Set(JSON.parse(row.held) as string[]),
    note: (objects) => noteErased(id, row.turn, objects),
  };
}
