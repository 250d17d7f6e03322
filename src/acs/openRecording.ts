// A signed GET of a recording's content or metadata. It does what the SDK's downloadStreaming does on the wire, without its
// faults: a redirect is followed with a fresh signature, and an answer that is not JSON is an error like any other.
import type { PipelinePolicy, PipelineRequest } from "@azure/core-rest-pipeline";
import { AcsEventsError } from "../events/errors.ts";
import { acsResource } from "./credential.ts";
import { recordingUrl } from "./recordingHosts.ts";
import { acsTransport } from "./transport.ts";

export interface OpenRecording {
  body: AsyncIterable<Uint8Array>;
  /** Where in the file the body begins, in bytes: what was asked for, or 0 if the source knows no ranges. */
  offset: number;
  /** Length of the whole file as the answer announced it, in bytes. */
  length?: number;
}

const maxRedirects = 3;

/** A source that sends nothing for this many milliseconds is given up; the SDK's helpers would wait for ever. */
const idleTimeout = 60_000;

/**
 * ACS signs for its own host and the recording's path, and finds the real address in `OriginalUrl`; this puts that address in
 * place once the signature is made. It must come after the signing policy, hence per retry.
 */
const sendToRecordingHost: PipelinePolicy = {
  name: "acsEventsRecordingHost",
  sendRequest(request, next) {
    const original = request.headers.get("OriginalUrl");
    if (original) {
      request.url = original;
      request.headers.set("Host", new URL(original).host);
    }
    return next(request);
  },
};

/**
 * Opens a recording's content or metadata for reading.
 * @param location a contentLocation or metadataLocation of the event, or a path of the ACS endpoint (`/recording/download/…`)
 * @param offset how many bytes of the file are not wanted again
 * @throws AcsEventsError ACS_EVENTS_FORBIDDEN_HOST, ACS_EVENTS_RECORDING_UNAVAILABLE (status = that of ACS)
 */
export async function openRecording(location: string, offset = 0): Promise<OpenRecording> {
  const { endpoint, credential } = await acsResource();
  const { createCommunicationAuthPolicy } = await import("@azure/communication-common");
  const { createPipelineFromOptions, createDefaultHttpClient } = await import("@azure/core-rest-pipeline");
  const { httpClient = createDefaultHttpClient(), allowInsecureConnection = false } = await acsTransport();
  const pipeline = createPipelineFromOptions({ redirectOptions: { maxRetries: 0 } });
  pipeline.addPolicy(createCommunicationAuthPolicy(credential), { phase: "Sign" });
  pipeline.addPolicy(sendToRecordingHost, { afterPhase: "Sign" });

  const silence = new AbortController();
  let target = recordingUrl(location.startsWith("/") ? endpoint + location : location, endpoint);
  for (let redirects = 0; ; redirects++) {
    const answer = await pipeline.sendRequest(
      httpClient,
      await signedGet(target, endpoint, offset, {
        abortSignal: silence.signal,
        timeout: idleTimeout,
        allowInsecureConnection,
      }),
    );
    const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : undefined;
    if (next && redirects < maxRedirects) {
      target = recordingUrl(new URL(next, target).href, endpoint);
      continue;
    }
    const { start = 0, length = lengthOf(answer.headers.get("content-length")) } = rangeOf(
      answer.headers.get("content-range"),
    );
    // Nothing is left: all of the file was had before.
    if (answer.status === 416 && length === offset) return { body: nothing(), offset, length };
    const { readableStreamBody: body } = answer;
    const usable = (answer.status === 200 || answer.status === 206) && (start === offset || start === 0);
    if (!usable || !body) throw unavailable(answer.status);
    return { body: abortedBySilence(body, silence), offset: start, ...(length === undefined ? {} : { length }) };
  }
}

/** AMS sends Content-Range with a 200 too; its total is the file's own length, whatever a proxy did to the body. */
function rangeOf(header: string | undefined): { start?: number; length?: number } {
  const [, start, length] = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(header ?? "") ?? [];
  return { ...(start ? { start: Number(start) } : {}), ...(length ? { length: Number(length) } : {}) };
}

function lengthOf(header: string | undefined): number | undefined {
  return header === undefined ? undefined : Number(header);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function signedGet(
  target: URL,
  endpoint: string,
  offset: number,
  options: Partial<PipelineRequest>,
): Promise<PipelineRequest> {
  const { createPipelineRequest, createHttpHeaders } = await import("@azure/core-rest-pipeline");
  const headers = createHttpHeaders({ accept: "application/json" });
  if (offset > 0) headers.set("Range", `bytes=${offset}-`);
  if (target.origin !== endpoint) {
    headers.set("OriginalUrl", target.href);
    headers.set("x-ms-host", new URL(endpoint).host);
  }
  return createPipelineRequest({
    ...options,
    method: "GET",
    url: target.origin === endpoint ? target.href : endpoint + target.pathname,
    headers,
    streamResponseStatusCodes: new Set([200, 206]),
  });
}

/** The parts of a body, and an error when the source falls silent. Time that the reader takes between parts does not count. */
async function* abortedBySilence(body: NodeJS.ReadableStream, silence: AbortController): AsyncGenerator<Uint8Array> {
  const parts = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const timer = setTimeout(() => silence.abort(), idleTimeout);
      const { value, done } = await parts.next().finally(() => clearTimeout(timer));
      if (done) return;
      yield typeof value === "string" ? Buffer.from(value) : value;
    }
  } finally {
    await parts.return?.();
  }
}

function unavailable(status: number): AcsEventsError {
  const advice =
    status === 401 || status === 403
      ? "Check ACS_CONNECTION_STRING, or the role of the app's identity, and the clock."
      : "ACS keeps a recording for 24 hours; the job is tried again, and then shown in table problems.";
  return new AcsEventsError("ACS_EVENTS_RECORDING_UNAVAILABLE", `ACS answered ${status} for the recording. ${advice}`, {
    retryable: true,
    status,
  });
}
