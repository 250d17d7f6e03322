import { findCall } from "../../calls/record/findCall.ts";
import { timelineOf } from "../../events/callName.ts";
import { callRecordings } from "../../recordings/serving/callRecordings.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { tableKey } from "../../storage/keys.ts";
import type { TimelineRow } from "../../storage/readTimeline.ts";
import { callIn } from "./contextsIn.ts";
import { othersRecorded } from "./othersRecorded.ts";
import { readEvents } from "./readEvents.ts";
import { othersIn, type Work } from "./work.ts";

/** Events that are looked at; what has more is taken for shared. */
const maxEvents = 2_000;
const pageSize = 50;

/** Whether the person was alone in a thread, call or e-mail, by what is there now. @returns also the other timelines of a call */
export async function judgeContext(work: Work, context: string): Promise<{ alone: boolean; names: string[] }> {
  const call = callIn(context);
  const found = call && (await findCall(call, callRecordings));
  const names = found?.names.map(timelineOf) ?? [];
  if (found?.cut) return { alone: false, names };
  for (const recordingId of found?.recordingIds ?? []) {
    if ((await othersRecorded(work, recordingId)).length > 0) return { alone: false, names };
  }
  for (const timeline of new Set([context, ...names])) {
    if (await othersAt(work, timeline)) return { alone: false, names };
  }
  return { alone: true, names };
}

async function othersAt(work: Work, timeline: string): Promise<boolean> {
  let after = "";
  for (let looked = 0; looked < maxEvents; looked += pageSize) {
    const rows = await firstRows<TimelineRow>("timeline", { partitionKey: tableKey(timeline), after }, pageSize);
    let unread = false;
    const events = await readEvents(
      rows.flatMap(({ blob }) => (blob ? [blob] : [])),
      () => {
        unread = true;
      },
    );
    if (unread) return true;
    for (const event of events) {
      if ((await othersIn(event, work.finder)).length > 0) return true;
    }
    if (rows.length < pageSize) return false;
    after = rows.at(-1)?.rowKey ?? after;
  }
  return true;
}
