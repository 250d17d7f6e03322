import { Rejected } from "../events/rejected.ts";
import { httpStatus, storageErrorCode } from "../storage/onDemand.ts";

/** Whether reading an archived event failed because its blob is gone, archived away by a lifecycle rule, or no event any more. */
export function isNoMore(error: unknown): boolean {
  const gone = httpStatus(error) === 404 || storageErrorCode(error) === "BlobArchived";
  return gone || error instanceof Rejected || error instanceof SyntaxError;
}
