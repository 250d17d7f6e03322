// The opt-out list that ACS keeps for each sender; it blocks texts to who is on it. The SDK has no client for it.
// https://github.com/Azure/azure-rest-api-specs/blob/main/specification/communication/data-plane/Sms/stable/2026-01-23/communicationservicessms.json
import type { PipelineRequest } from "@azure/core-rest-pipeline";
import { settingOrDefault } from "../config.ts";
import { AcsEventsError } from "../events/errors.ts";
import { acsResource } from "./credential.ts";
import { smsFailure } from "./smsFailure.ts";
import { acsTransport } from "./transport.ts";

/** What ACS made of it. refused: with this status, for good. later: it wants to be asked again after so many milliseconds. */
export type OptOutOutcome =
  | { outcome: "done"; status: number }
  | { outcome: "refused"; status: number }
  | { outcome: "later"; afterMs: number };

interface OptOutRequest {
  /** Of ours: E.164 or a short code. */
  from: string;
  /** E.164. */
  to: string;
  /** out: put on the list. in: taken from it. Either can be done twice. */
  state: "out" | "in";
}

/**
 * Tells ACS that somebody opted out or in.
 * @throws AcsEventsError ACS_EVENTS_OPT_OUT_UNAVAILABLE (retryable) when ACS cannot be asked, does not let the app ask, or fails;
 * ACS_EVENTS_NO_ACS
 */
export async function setSmsOptOut({ from, to, state }: OptOutRequest): Promise<OptOutOutcome> {
  const action = state === "out" ? "add" : "remove";
  const answer = await post(`/sms/optouts:${action}?api-version=2026-01-23`, { from, recipients: [{ to }] });
  const status = answer.status === 200 ? statusOfOne(answer.bodyAsText) : answer.status;
  if (status >= 200 && status < 300) return { outcome: "done", status };
  const failure = smsFailure({ statusCode: status, response: answer });
  if (failure.outcome === "refused") return { outcome: "refused", status };
  if (failure.outcome === "notSent" && failure.throttled?.retryAfterMs !== undefined) {
    return { outcome: "later", afterMs: failure.throttled?.retryAfterMs };
  }
  throw unavailable(status);
}

async function post(path: string, body: object) {
  const { endpoint, credential } = await acsResource();
  const { createCommunicationAuthPolicy } = await import("@azure/communication-common");
  const { createHttpHeaders, createPipelineFromOptions, createPipelineRequest } = await import(
    "@azure/core-rest-pipeline"
  );
  const { httpClient, allowInsecureConnection } = await acsTransport();
  // One request a try: the queue tries again. An answer that points elsewhere is none of ACS.
  const pipeline = createPipelineFromOptions({ redirectOptions: { maxRetries: 0 }, retryOptions: { maxRetries: 0 } });
  pipeline.addPolicy(createCommunicationAuthPolicy(credential), { phase: "Sign" });
  const request: PipelineRequest = createPipelineRequest({
    method: "POST",
    url: endpoint + path,
    headers: createHttpHeaders({ accept: "application/json", "content-type": "application/json" }),
    body: JSON.stringify(body),
    allowInsecureConnection,
    // The timeout of the request alone ends with the answer's head.
    abortSignal: AbortSignal.timeout(settingOrDefault("SMS_TIMEOUT")),
  });
  return pipeline.sendRequest(httpClient, request).catch((cause) => {
    throw unavailable(undefined, cause);
  });
}

/** The status of the one recipient; 0 for an answer that is not what ACS gives. */
function statusOfOne(text: string | null | undefined): number {
  try {
    const { value } = JSON.parse(text ?? "") as { value?: { httpStatusCode?: unknown }[] };
    const status = value?.[0]?.httpStatusCode;
    return typeof status === "number" ? status : 0;
  } catch {
    return 0;
  }
}

function unavailable(status: number | undefined, cause?: unknown): AcsEventsError {
  const advice =
    status === 401 || status === 403
      ? "Check ACS_CONNECTION_STRING, or the role of the app's identity, and the clock."
      : "It is told again.";
  const said = status ? `ACS answered ${status}` : "ACS gave no answer that can be read";
  return new AcsEventsError("ACS_EVENTS_OPT_OUT_UNAVAILABLE", `${said} to an opt-out. ${advice}`, {
    retryable: true,
    ...(status ? { status } : {}),
    cause,
  });
}
