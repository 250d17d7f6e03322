// A signed GET of a recording's content or metadata. It does what the SDK's downloadStreaming does on the wire, without its
// faults: a redirect is followed with a fresh signature, and an answer that is not JSON is an error like any other.
import type { PipelinePolicy, PipelineRequest } from "@azure/core-rest-pipeline";
import { AcsEventsError } from "../events/errors.ts";
import { acsResource } from "./credential.ts";
import { recordingUrl } from "./recordingUrl.ts";
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

/**
 * Opens a recording's content or metadata for reading.
 * @param location a contentLocation or metadataLocation of the event, or a path of the ACS endpoint (`/recording/download/…`)
 * @param offset how many bytes of the file are not wanted again
 * @throws AcsEventsError ACS_EVENTS_FORBIDDEN_HOST, ACS_EVENTS_RECORDING_UNAVAILABLE (status = that of ACS)
 */
export async function openRecording(location: string, offset = 0): Promise<OpenRecording> {
  const { endpoint, credential } = await acsResource();
  const { createCommunicationAuthPolicy } = await import("@azure/communication-common");
  const { createPipelineFromOptions } = await import("@azure/core-rest-pipeline");
  const { httpClient, allowInsecureConnection } = await acsTransport();
  const pipeline = createPipelineFromOptions({ redirectOptions: { maxRetries: 0 } });
  // It asks for gzip. A recording is wanted byte for byte, and the length of the answer must be that of the file.
  pipeline.removePolicy({ name: "decompressResponsePolicy" });
  pipeline.addPolicy(createCommunicationAuthPolicy(credential), { phase: "Sign" });
  pipeline.addPolicy(sendToRecordingHost, { afterPhase: "Sign" });

  const silence = new AbortController();
  let target = recordingUrl(location, endpoint);
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
    const { status, headers, readableStreamBody: body } = answer;
    const { start, total } = rangeOf(headers.get("content-range"));
    // Nothing is left: all of the file was had before.
    if (status === 416 && total === offset && offset > 0) return { body: nothing(), offset, length: offset };
    const encoded = (headers.get("content-encoding") ?? "identity") !== "identity";
    if (body && !encoded && status === 200) {
      // AMS sends Content-Range with a 200 too; its total is the file's own length, whatever a proxy did to the body.
      const length = total ?? numberOf(headers.get("content-length"));
      return { body: abortedBySilence(body, silence), offset: 0, ...(length === undefined ? {} : { length }) };
    }
    if (body && !encoded && status === 206 && start === offset) {
      return { body: abortedBySilence(body, silence), offset, ...(total === undefined ? {} : { length: total }) };
    }
    // A range that the source does not serve must not stop the recording for ever.
    if (offset > 0 && status !== 401 && status < 500) return openRecording(location);
    throw unavailable(status);
  }
}

function rangeOf(header: string | undefined): { start?: number | undefined; total?: number | undefined } {
  const [, start, total] = /^bytes (?:(\d+)-\d+|\*)\/(?:(\d+)|\*)$/.exec(header ?? "") ?? [];
  return { start: numberOf(start), total: numberOf(total) };
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function signedGet(
  target: URL,
  endpoint: string,
  offset: number,
  options: Partial<PipelineRequest>,
): Promise<PipelineRequest> {
  const { createPipelineRequest, createHttpHeaders } = await import("@azure/core-rest-pipeline");
  const headers = createHttpHeaders({ accept: "application/json", "accept-encoding": "identity" });
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
