import type { HttpRequest, HttpResponseInit, InvocationContext } from "@azure/functions";
import { AcsEventsError } from "../events/errors.ts";
import { httpStatus, storageErrorCode } from "../storage/onDemand.ts";
import { failureOf } from "../telemetry/failureOf.ts";
import { plainError } from "../telemetry/plainError.ts";
import { tell } from "../telemetry/tell.ts";

/** As the SDKs name what a call to storage ends with, and what ends it when it takes too long; calls to ACS have errors of their own. */
const storageTroubles = new Set(["RestError", "AbortError", "TimeoutError"]);

type Work = (request: HttpRequest, context: InvocationContext) => Promise<HttpResponseInit>;

/**
 * The handler of an HTTP function: an error becomes an answer in the shape of the ACS REST API, `{ code, message, target?,
 * details? }`. One without a status is 500, and what nobody foresaw says nothing of itself but in the log.
 */
export function httpHandler(work: Work): Work {
  return async (request, context) => {
    try {
      return await work(request, context);
    } catch (error) {
      if (error instanceof AcsEventsError) {
        tell(context, { outcome: "refused", error: error.code });
        return answer(error);
      }
      if (error instanceof Error && storageTroubles.has(error.name)) {
        tell(context, { outcome: "storage unavailable", error: storageErrorCode(error) ?? error.name });
        return answer(unavailable(error));
      }
      tell(context, { outcome: "failed", error: failureOf(error) });
      context.error(plainError(error).stack);
      const message = "The app met an error that it does not know; its log has it under this invocation. Try again.";
      return answer(new AcsEventsError("ACS_EVENTS_INTERNAL", message));
    }
  };
}

function unavailable(cause: Error): AcsEventsError {
  const detail = { storageStatus: httpStatus(cause) ?? null, storageCode: storageErrorCode(cause) ?? cause.name };
  return new AcsEventsError(
    "ACS_EVENTS_STORAGE_UNAVAILABLE",
    "The storage account did not give what was asked for. Try again; if it stays so, look at /api/health/details.",
    { details: [detail], cause },
  );
}

function answer({ code, message, status = 500, target, details }: AcsEventsError): HttpResponseInit {
  const jsonBody = { code, message, target: target ?? null, details: details ?? [] };
  return { status, headers: { "cache-control": "no-store" }, jsonBody };
}
