// Event Grid may write a dead letter a day after the event was sent: meanwhile somebody in it may have been erased.
import { readAll } from "../../storage/ledger.ts";
import { readWhole } from "../../storage/wholeBlob.ts";
import { cameAfter } from "./cameAfter.ts";
import { contextsIn } from "./contextsIn.ts";
import type { ErasureRow } from "./erasureRow.ts";
import { judgeContext } from "./judgeContext.ts";
import { accepted, lettersIn } from "./lettersWithout.ts";
import { peopleOf } from "./peopleInBlobs.ts";
import { sweepLetters } from "./sweepLetters.ts";
import { workAgain } from "./workAgain.ts";

/**
 * Takes out of a blob of dead letters whom an erasure that is done would have taken out of it, had it been there: who is named by an id in
 * an event that was sent before. @returns whether it is another blob now
 */
export async function eraseLate(blob: string): Promise<boolean> {
  let changed = false;
  for await (const { row, rowKey: id } of readAll<ErasureRow>(["erasure"])) {
    if (!row.doneAt || row.nothing) continue;
    const until = row.doneAt.getTime();
    const whole = await readWhole("dead-letters", blob);
    const letters = whole && lettersIn(whole.content.toString("utf8"));
    const before = (letters ?? []).filter((letter) => !cameAfter({ until }, letter));
    const entities = await peopleOf(before, new Set(JSON.parse(row.hashes) as string[]));
    if (!whole || entities.size === 0) continue;
    const work = await workAgain({ id, until }, { entities });
    for (const event of before.map(accepted)) {
      if (!event?.entities.some((entity) => entities.has(entity))) continue;
      for (const context of contextsIn(event)) {
        if (!work.contexts.has(context)) work.contexts.set(context, (await judgeContext(work, context)).alone);
      }
    }
    changed = (await sweepLetters(work, { name: blob, ...whole })) || changed;
  }
  return changed;
}
