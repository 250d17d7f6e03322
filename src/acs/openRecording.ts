// A signed GET of a recording's content or metadata. It does what the SDK's downloadStreaming does on the wire, without its
// faults: an answer that is not JSON is an error like any other, silence ends, and a range that was asked for is checked.
import { recordingRequest, unavailable } from "./recordingRequest.ts";

export interface OpenRecording {
  body: AsyncIterable<Uint8Array>;
  /** Where in the file the body begins, in bytes: what was asked for, or 0 if the source knows no ranges. */
  offset: number;
  /** Length of the whole file as the answer announced it, in bytes. */
  length?: number;
  /** As the answer says; "" if it says nothing. */
  contentType: string;
}

/** A source that sends nothing for this many milliseconds is given up; the SDK's helpers would wait for ever. */
const idleTimeout = 60_000;

/**
 * Opens a recording's content or metadata for reading.
 * @param location a contentLocation or metadataLocation of the event, or a path of the ACS endpoint (`/recording/download/…`)
 * @param offset how many bytes of the file are not wanted again
 * @throws AcsEventsError ACS_EVENTS_FORBIDDEN_HOST, ACS_EVENTS_RECORDING_UNAVAILABLE (status = that of ACS)
 */
export async function openRecording(location: string, offset = 0): Promise<OpenRecording> {
  const silence = new AbortController();
  const answer = await recordingRequest("GET", location, {
    abortSignal: silence.signal,
    timeout: idleTimeout,
    ...(offset > 0 ? { range: `bytes=${offset}-` } : {}),
  });
  const { status, headers, readableStreamBody: body } = answer;
  const { start, total } = rangeOf(headers.get("content-range"));
  const contentType = headers.get("content-type") ?? "";
  // Nothing is left: all of the file was had before.
  if (status === 416 && total === offset && offset > 0) return { body: nothing(), offset, length: offset, contentType };
  const spoilt = (headers.get("content-encoding") ?? "identity") !== "identity" || isPage(contentType);
  if (body && !spoilt && status === 200) {
    // AMS sends Content-Range with a 200 too; its total is the file's own length, whatever a proxy did to the body.
    const length = total ?? numberOf(headers.get("content-length"));
    return { body: guarded(body, silence), offset: 0, contentType, ...(length === undefined ? {} : { length }) };
  }
  if (body && !spoilt && status === 206 && start === offset) {
    return { body: guarded(body, silence), offset, contentType, ...(total === undefined ? {} : { length: total }) };
  }
  silence.abort();
  // A range that the source does not serve must not stop the recording for ever.
  const empty = headers.get("content-length") === "0";
  if (offset > 0 && (status === 416 || (status === 206 && !empty))) return openRecording(location);
  throw unavailable(status);
}

/** Gateways send pages of their own, also with status 200. */
function isPage(contentType: string): boolean {
  return /^text\/html\b/i.test(contentType);
}

function rangeOf(header: string | undefined): { start?: number | undefined; total?: number | undefined } {
  const [, start, total] = /^bytes (?:(\d+)-\d+|\*)\/(?:(\d+)|\*)$/.exec(header ?? "") ?? [];
  return { start: numberOf(start), total: numberOf(total) };
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** The parts of a body; a break or silence is an error that a retry cures. Time that the reader takes between parts does not count. */
async function* guarded(body: NodeJS.ReadableStream, silence: AbortController): AsyncGenerator<Uint8Array> {
  const parts = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const timer = setTimeout(() => silence.abort(), idleTimeout);
      const { value, done } = await parts
        .next()
        .then(
          (part) => part,
          (cause) => {
            throw unavailable(undefined, cause);
          },
        )
        .finally(() => clearTimeout(timer));
      if (done) return;
      yield typeof value === "string" ? Buffer.from(value) : value;
    }
  } finally {
    await parts.return?.();
  }
}
