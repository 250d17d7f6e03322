import { openRecording } from "../acs/openRecording.ts";
import { AcsEventsError } from "../events/errors.ts";
import { writeOnce } from "../storage/writeOnce.ts";

/** A metadata file is a few KB; anything longer is not one. */
const maxLength = 4 * 1024 * 1024;

/**
 * Keeps a chunk's metadata file as received, and tells what it says of the format.
 * @throws AcsEventsError ACS_EVENTS_BAD_RECORDING_METADATA when the answer is no JSON object; a retry may find a better one
 */
export async function saveMetadata(location: string, blob: string): Promise<{ format?: string }> {
  const text = await readAll((await openRecording(location)).body);
  const metadata = parse(text);
  await writeOnce("recordings", blob, text);
  const format = (metadata.recordingInfo as { format?: unknown } | undefined)?.format;
  return typeof format === "string" ? { format } : {};
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    parts.push(part);
    length += part.length;
    if (length > maxLength) throw badMetadata(`is longer than ${maxLength} bytes`);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw badMetadata("is not JSON", cause);
  }
  throw badMetadata("is not a JSON object");
}

function badMetadata(what: string, cause?: unknown): AcsEventsError {
  const message = `The recording's metadata ${what}. It is fetched again; if it stays so, the poison queue keeps the job.`;
  return new AcsEventsError("ACS_EVENTS_BAD_RECORDING_METADATA", message, { retryable: true, cause });
}
