// The sweep over the recordings that are not settled: what is late is fetched again and told of, what is archived is looked at
// once more, and what is settled is swept no more. So its cost is that of the open recordings, not of the archive.
import type { InvocationContext } from "@azure/functions";
import { type Columns, type Held, lostRace, readAll, release, type WorkKey } from "../../storage/ledger.ts";
import { level } from "../../telemetry/metrics.ts";
import { tell } from "../../telemetry/tell.ts";
import { type StartRow, startPartition } from "../control/running.ts";
import { writeManifest } from "../manifest/writeManifest.ts";
import { readRows } from "../readRows.ts";
import { type OpenRow, openKey, openPartition } from "../rows.ts";
import { stateAsker } from "./askState.ts";
import { atRisk } from "./atRisk.ts";
import { beginSweep } from "./beginSweep.ts";
import { watchChunks } from "./watchChunks.ts";
import { watchRun } from "./watchRun.ts";
import { watchStart } from "./watchStart.ts";

/**
 * Handles the timer. The chunks of all recordings come first; what ACS must be asked about comes last, so that its trouble keeps
 * nothing from being saved. What is not reached is for the next sweep; each begins with the oldest.
 */
export async function reconcileRecordings(_timer: unknown, context: InvocationContext): Promise<void> {
  const sweep = beginSweep(context);
  const open = await oldestFirst<OpenRow>(openPartition);
  const counts = { open: open.length, settled: 0, atRisk: 0 };
  const settle = async (held: Held<OpenRow>) => {
    if (await close(held)) counts.settled++;
  };

  const runs: { held: Held<OpenRow>; chunksSettled: boolean }[] = [];
  const idOf = ({ row }: Held<OpenRow>) => row.recordingId;
  await sweep.each(open, idOf, async (held) => {
    const { settled, startedHere, late } = await lookAtChunks(held.row.recordingId);
    counts.atRisk += late;
    if (startedHere) runs.push({ held, chunksSettled: settled });
    else if (settled) await settle(held);
  });

  level("acs_events.recordings_at_risk", counts.atRisk);

  await sweep.each(await oldestFirst<StartRow>(startPartition), ({ rowKey }) => `start ${rowKey}`, watchStart);

  const ask = stateAsker();
  const runIdOf = ({ held }: (typeof runs)[number]) => idOf(held);
  await sweep.each(runs, runIdOf, async ({ held, chunksSettled }) => {
    const rows = await readRows(held.row.recordingId);
    const runSettled = !rows?.run || (await watchRun(rows.run, rows, ask));
    if (runSettled && chunksSettled) await settle(held);
  });
  tell(context, { ...counts, ...sweep.counts });
}

async function oldestFirst<C extends Columns & { since: Date }>(partition: WorkKey) {
  const rows: (Held<C> & { rowKey: string })[] = [];
  for await (const row of readAll<C>(partition)) rows.push(row);
  return rows.sort((a, b) => a.row.since.getTime() - b.row.since.getTime());
}

/** `settled`: nothing of its chunks is left to watch; `late`: how many ACS may delete before they are saved. */
async function lookAtChunks(recordingId: string): Promise<{ settled: boolean; startedHere: boolean; late: number }> {
  const rows = await readRows(recordingId);
  const settled = !rows || (await watchChunks(recordingId, rows));
  await writeManifest(recordingId);
  const late = rows?.chunks.filter(({ row }) => atRisk(row)).length ?? 0;
  return { settled, startedHere: rows?.run !== undefined, late };
}

/** Sweeps a recording no more, unless something was announced since its row was read. @returns whether it is so */
async function close({ row, etag }: Held<OpenRow>): Promise<boolean> {
  try {
    await release(openKey(row.recordingId), etag);
    return true;
  } catch (error) {
    if (!lostRace(error)) throw error;
    return false;
  }
}
