// The events of a type that an earlier version of the app did not know: they lie in quarantine, and one problem stands for all of them.
import { definitionOf } from "../../events/definitions.ts";
import { unknownTypeProblem } from "../../storage/quarantineProblem.ts";
import { walkArrived } from "../../storage/walkArrived.ts";
import { rawEvents } from "./rawEvents.ts";
import { replayBlob } from "./replayBlob.ts";
import { beginTally, type Tally } from "./tally.ts";
import { typeIn } from "./typeIn.ts";

const hour = 3_600_000;

/**
 * Replays what lies in quarantine of a type; nothing while the type is unknown.
 * @param type as the problem names it
 * @param from when the first of them arrived, milliseconds since 1970
 * @param end when to stop, as of performance.now()
 * @returns `more`: the time was over before all were looked at
 */
export async function replayUnknownType(
  type: string,
  { from, end, commit }: { from: number; end: number; commit: boolean },
): Promise<{ tally: Tally; known: boolean; left: boolean; more: boolean }> {
  const tally = beginTally();
  const known = definitionOf(type) !== undefined;
  if (!known) return { tally, known, left: true, more: false };
  let left = false;
  for await (const { blob } of walkArrived(["quarantine"], { from: from - hour, to: Date.now() + hour })) {
    if (performance.now() > end) return { tally, known, left: true, more: true };
    const found = await rawEvents("quarantine", blob);
    if ("none" in found || !found.events.some(({ raw }) => unknownTypeProblem(typeIn(raw)).raw === type)) continue;
    const replayed = await replayBlob("quarantine", blob, { commit });
    tally.add(replayed.events);
    left ||= replayed.left;
  }
  return { tally, known, left, more: false };
}
