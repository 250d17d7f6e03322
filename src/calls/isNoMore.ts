import { AcsEventsError } from "../events/errors.ts";
import { Rejected } from "../events/rejected.ts";
import { httpStatus, storageErrorCode } from "../storage/onDemand.ts";

/** Whether reading an archived event failed because its blob is gone, archived away by a lifecycle rule, erased, or no event any more. */
export function isNoMore(error: unknown): boolean {
  const gone = httpStatus(error) === 404 || storageErrorCode(error) === "BlobArchived";
  const erased = error instanceof AcsEventsError && error.code === "ACS_EVENTS_ERASED";
  return gone || erased || error instanceof Rejected || error instanceof SyntaxError;
}
