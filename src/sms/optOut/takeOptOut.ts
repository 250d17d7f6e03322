import { AcsEventsError } from "../../events/errors.ts";
import { raiseProblem } from "../../storage/problems.ts";
import { resolveAll } from "../../storage/resolveAll.ts";
import { noteOptOut } from "./noteOptOut.ts";
import { mirrorLater, noteLater } from "./optOutJobs.ts";
import type { Pair } from "./optOutRow.ts";
import type { OptOutChange } from "./optOutState.ts";

/** What is wrong with HASH_KEY; till it is mended nothing is sent either, because nobody can tell who opted out. */
const keyTroubles = new Set<string>(["ACS_EVENTS_HASH_KEY_CHANGED", "ACS_EVENTS_BAD_SETTING"]);

/**
 * Takes in a change that an event tells of: notes it, and has ACS told. Each can be done twice; a crash between them is mended when the
 * event is delivered again. A wrong key must not keep events from coming in, and must not lose an opt-out: the change then waits in the
 * queue until the key is mended.
 */
export async function takeOptOut(pair: Pair, change: OptOutChange): Promise<void> {
  try {
    const row = await noteOptOut(pair, change);
    await resolveAll("optOutNotNoted");
    await mirrorLater(pair, row);
  } catch (error) {
    if (!(error instanceof AcsEventsError) || !keyTroubles.has(error.code)) throw error;
    await raiseProblem({
      kind: "optOutNotNoted",
      cause: `Opt-outs cannot be noted: ${error.code}`,
      advice: `${error.message} Until then no text is sent, and opt-outs wait in queue sms-opt-outs; they are noted by themselves within some minutes of the mending.`,
      raw: "HASH_KEY",
    });
    await noteLater(pair, change);
  }
}
