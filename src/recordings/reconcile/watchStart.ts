import { settingOrDefault } from "../../config.ts";
import { type Held, read } from "../../storage/ledger.ts";
import { raiseProblem } from "../../storage/problems.ts";
import { noteStart } from "../control/noteStart.ts";
import { closeStart, type RunningRow, runningKey, type StartRow, startId } from "../control/running.ts";
import { resolveUncertainStart, uncertainStart } from "../control/uncertainStart.ts";

/** Within this time (milliseconds) a start may be under way. */
const underWay = 5 * 60_000;

/**
 * Looks at a start whose end is not written: a crash or a time-out came between. One of which ACS gave the recordingId is
 * completed. Of any other nobody knows whether it was carried out. ACS is not asked again: if the first request never arrived, that
 * would begin a recording that nobody expects any more. A problem says so, and the next request for the call asks.
 */
export async function watchStart({ row, rowKey: id }: Held<StartRow> & { rowKey: string }): Promise<void> {
  const { locator, since } = row;
  const held = await read<RunningRow>(runningKey(locator));
  const claimed = held && startId(locator, held.row) === id ? held : undefined;
  if (claimed?.row.recordingId) return noteStart(locator, claimed.row);

  const age = Date.now() - since.getTime();
  if (age < underWay) return;
  if (!claimed) {
    await resolveUncertainStart(locator);
    return closeStart(id);
  }
  await raiseProblem({
    ...uncertainStart(locator),
    advice:
      "If the call still goes on, ask for its recording again (POST /api/recordings): the answer is the one that runs, or a new one, and it can be stopped. If the call is over, a recording of it is archived when its event comes, like any other.",
  });
  if (age > settingOrDefault("RECORDING_WINDOW_HOURS")) await closeStart(id);
}
