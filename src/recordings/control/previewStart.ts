import { setting, settingIsValid } from "../../config.ts";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { callToRecord } from "../../intake/callToRecord.ts";
import type { JobPreview } from "../../intake/jobPreview.ts";
import { read } from "../../storage/ledger.ts";
import { type AutoRecordRow, autoRecordKeys } from "./autoRecordRow.ts";

/** What a job of queue `recording-starts` would do now. Nothing is written, and ACS is not asked. */
export async function previewStart(event: AcsEvent): Promise<JobPreview> {
  const serverCallId = callToRecord(event, settingIsValid("AUTO_RECORD") ? setting("AUTO_RECORD") : "all");
  if (!serverCallId) return { done: true, says: "AUTO_RECORD does not ask for a recording" };
  const { call, byServerCallId } = autoRecordKeys(event, serverCallId);
  for (const work of [call, byServerCallId]) {
    const row = work && (await read<AutoRecordRow>(work))?.row;
    if (row && row.state !== "claimed") return { done: true, says: `the recording is ${row.state}` };
  }
  return { done: false, says: "the recording is started if the call lasts" };
}
