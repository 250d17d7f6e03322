// The events of a type that an earlier version of the app did not know: they lie in quarantine, and one problem stands for all of them.
//
//   firstSeen ──► day by day, shard by shard ──► out of time: the place is kept ──► the next replay goes on there ──► the end
//                                                what came since it was begun is looked at then: within a day, the newest is first
import { definitionOf } from "../../events/definitions.ts";
import { problemId } from "../../storage/problems.ts";
import { unknownTypeProblem } from "../../storage/quarantineProblem.ts";
import { arrivedRow } from "../../storage/timeline.ts";
import { type ArrivedRow, walkArrived } from "../../storage/walkArrived.ts";
import { rawEvents } from "./rawEvents.ts";
import { type ReplayedBlob, replayBlob } from "./replayBlob.ts";
import { endPosition, keepPosition, readPosition } from "./replayPosition.ts";
import { beginTally, type Tally } from "./tally.ts";
import { typeIn } from "./typeIn.ts";

const hour = 3_600_000;

/** One walk over the quarantine, milliseconds since 1970. */
type Pass = {
  from: number;
  to: number;
  /** Where the last replay stopped; empty at the begin. */
  after: string;
  begun: number;
  /** Something that it met could not be taken in. */
  left: boolean;
};

/**
 * Replays what lies in quarantine of a type; nothing while the type is unknown. With `commit` it goes on where the last one stopped.
 * @param type as the problem names it
 * @param times.from when the first of them arrived, milliseconds since 1970
 * @param times.end when to stop, as of performance.now(); one event of whatever type is looked at in any case
 * @returns `more`: the time was over before all were looked at
 */
export async function replayUnknownType(
  type: string,
  { from: firstSeen, end, commit }: { from: number; end: number; commit: boolean },
): Promise<{ tally: Tally; known: boolean; left: boolean; more: boolean }> {
  const tally = beginTally();
  if (definitionOf(type) === undefined) return { tally, known: false, left: true, more: false };
  const id = problemId(unknownTypeProblem(type));
  const kept = commit ? await readPosition<Pass>(id) : undefined;
  let anyLeft = false;
  for (let pass = kept ?? passFrom(firstSeen - hour); ; ) {
    for await (const { place, events, ...blob } of replayedOf(type, pass, commit)) {
      tally.add(events);
      pass.left ||= blob.left;
      if (performance.now() <= end) continue;
      const { from, to, begun, left } = pass;
      if (commit) await keepPosition(id, { from, to, begun, left, after: place });
      return { tally, known: true, left: true, more: true };
    }
    anyLeft ||= pass.left;
    if (pass.after === "") break;
    pass = passFrom(pass.begun - hour);
  }
  if (kept) await endPosition(id);
  return { tally, known: true, left: anyLeft, more: false };
}

function passFrom(from: number): Pass {
  const begun = Date.now();
  return { from, to: begun + hour, after: "", begun, left: false };
}

async function* replayedOf(
  type: string,
  { from, to, after }: Pass,
  commit: boolean,
): AsyncGenerator<ReplayedBlob & { place: string }> {
  const first = after === "" ? from : Math.max(from, Date.parse(after.slice(0, 10)));
  for await (const row of walkArrived(["quarantine"], { from: first, to })) {
    const place = placeOf(row);
    if (place <= after) continue;
    const found = await rawEvents("quarantine", row.blob);
    const isOfType = "events" in found && found.events.some(({ raw }) => unknownTypeProblem(typeIn(raw)).raw === type);
    // Others cost time, too.
    yield { place, ...(isOfType ? await replayBlob("quarantine", row.blob, { commit }) : { events: [], left: false }) };
  }
}

/** Sorts as the walk goes: `{day}:{shard}:{row key}`. */
function placeOf({ kind, rowKey, storedAt }: ArrivedRow): string {
  const { partitionKey } = arrivedRow(kind, storedAt, rowKey.slice(rowKey.indexOf("_") + 1), {});
  const shard = partitionKey.slice(partitionKey.lastIndexOf(":") + 1);
  return `${storedAt.toISOString().slice(0, 10)}:${shard.padStart(2, "0")}:${rowKey}`;
}
