import { AcsEventsError } from "../../events/errors.ts";
import { httpStatus } from "../../storage/onDemand.ts";
import { raiseProblem } from "../../storage/problems.ts";
import type { ChunkRow } from "../rows.ts";
import { failed, raiseChunk } from "./chunkProblems.ts";

/** Raises a problem at once for what only a person can mend; downloads go on being tried, and succeed as soon as it is mended. */
export async function tellWhatBlocks(error: unknown, row: ChunkRow): Promise<void> {
  if (!(error instanceof AcsEventsError)) {
    const status = httpStatus(error);
    if (status !== 401 && status !== 403) return;
    return raiseProblem({
      kind: "recordingCredentials",
      cause: `The storage account answers ${status} when recordings are saved`,
      advice:
        "Check AzureWebJobsStorage, or the roles of the app's identity on the storage account (docs/settings.md).",
      raw: "",
    });
  }
  const { code, status, message } = error;
  if (status === 401 || status === 403) {
    return raiseProblem({
      kind: "recordingCredentials",
      cause: `ACS answers ${status} when recordings are fetched`,
      advice: "Check ACS_CONNECTION_STRING, or the role of the app's identity, and the clock.",
      raw: "",
    });
  }
  if (code === "ACS_EVENTS_NO_ACS" || code === "ACS_EVENTS_BAD_SETTING") {
    return raiseProblem({
      kind: "recordingCredentials",
      cause: `Recordings cannot be fetched: ${code}`,
      advice: message,
      raw: "",
    });
  }
  if (error.retryable) return;
  await raiseChunk(row, failed, `${code}: ${message} It is tried until two days after its window.`);
}
