// A signed request to where ACS keeps recordings. A redirect is followed with a fresh signature, and within the hosts of ACS.
import type { PipelinePolicy, PipelineResponse } from "@azure/core-rest-pipeline";
import { AcsEventsError } from "../events/errors.ts";
import { acsResource } from "./credential.ts";
import { recordingUrl } from "./recordingUrl.ts";
import { shortWaits } from "./shortWaits.ts";
import { acsTransport } from "./transport.ts";

const maxRedirects = 3;

/** For a hiccup; what lasts longer waits in the ledger, and not in a function. */
const retryOptions = { maxRetries: 1, retryDelayInMs: 500 };

/**
 * ACS signs for its own host and the recording's path, and finds the real address in `OriginalUrl`; this puts that address in
 * place once the signature is made. It must come after the signing policy, hence per retry.
 */
const sendToRecordingHost: PipelinePolicy = {
  name: "acsEventsRecordingHost",
  async sendRequest(request, next) {
    const original = request.headers.get("OriginalUrl");
    if (original) {
      const signed = request.url;
      request.url = original;
      request.headers.set("Host", new URL(original).host);
      try {
        return await next(request);
      } finally {
        // A retry is signed anew, and must be for the ACS host again.
        request.url = signed;
      }
    }
    return next(request);
  },
};

export interface RecordingRequestOptions {
  abortSignal?: AbortSignal;
  /** Milliseconds until the answer begins, redirects and tries included: a Retry-After of an hour is not waited for. */
  timeout: number;
  /** Value of the header Range. */
  range?: string;
}

/**
 * Sends a request for a recording, and gives the answer whatever its status; the body of a 200 or 206 is a stream.
 * @param location a location of the event, or a path of the ACS endpoint (`/recording/download/…`)
 * @throws AcsEventsError ACS_EVENTS_FORBIDDEN_HOST; ACS_EVENTS_RECORDING_UNAVAILABLE without a status when nobody answered
 */
export async function recordingRequest(
  method: "GET" | "DELETE",
  location: string,
  options: RecordingRequestOptions,
): Promise<PipelineResponse> {
  const { endpoint, credential } = await acsResource();
  const { createCommunicationAuthPolicy } = await import("@azure/communication-common");
  const { createPipelineFromOptions } = await import("@azure/core-rest-pipeline");
  const { httpClient, allowInsecureConnection } = await acsTransport();
  const pipeline = createPipelineFromOptions({ redirectOptions: { maxRetries: 0 }, retryOptions });
  // It asks for gzip. A recording is wanted byte for byte, and the length of the answer must be that of the file.
  pipeline.removePolicy({ name: "decompressResponsePolicy" });
  pipeline.addPolicy(createCommunicationAuthPolicy(credential), { phase: "Sign" });
  pipeline.addPolicy(sendToRecordingHost, { afterPhase: "Sign" });
  pipeline.addPolicy(shortWaits, { afterPhase: "Sign" });

  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), options.timeout);
  const abortSignal = AbortSignal.any([late.signal, ...(options.abortSignal ? [options.abortSignal] : [])]);
  try {
    return await follow();
  } finally {
    clearTimeout(timer);
  }

  async function follow(): Promise<PipelineResponse> {
    let target = recordingUrl(location, endpoint);
    for (let redirects = 0; ; redirects++) {
      const request = await requestFor(method, target, endpoint, { ...options, abortSignal, allowInsecureConnection });
      const answer = await pipeline.sendRequest(httpClient, request).catch((cause) => {
        throw cause instanceof AcsEventsError ? cause : unavailable(undefined, cause);
      });
      const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : undefined;
      if (!next || redirects >= maxRedirects) return answer;
      target = recordingUrl(new URL(next, target).href, endpoint);
    }
  }
}

async function requestFor(
  method: "GET" | "DELETE",
  target: URL,
  endpoint: string,
  { range, ...options }: RecordingRequestOptions & { allowInsecureConnection: boolean },
) {
  const { createPipelineRequest, createHttpHeaders } = await import("@azure/core-rest-pipeline");
  const headers = createHttpHeaders({ accept: "application/json", "accept-encoding": "identity" });
  if (range) headers.set("Range", range);
  if (target.origin !== endpoint) {
    headers.set("OriginalUrl", target.href);
    headers.set("x-ms-host", new URL(endpoint).host);
  }
  return createPipelineRequest({
    ...options,
    method,
    url: target.origin === endpoint ? target.href : endpoint + target.pathname,
    headers,
    streamResponseStatusCodes: new Set([200, 206]),
  });
}

/** The error for an answer that is none of those wanted; `status` is undefined when there was no answer. */
export function unavailable(status: number | undefined, cause?: unknown): AcsEventsError {
  const advice =
    status === 401 || status === 403
      ? "Check ACS_CONNECTION_STRING, or the role of the app's identity, and the clock."
      : "ACS keeps a recording for 24 hours; it is tried again within them.";
  const said = status === undefined ? "ACS did not answer in full" : `ACS answered ${status}`;
  return new AcsEventsError("ACS_EVENTS_RECORDING_UNAVAILABLE", `${said} for the recording. ${advice}`, {
    retryable: true,
    ...(status === undefined ? {} : { status }),
    cause,
  });
}
