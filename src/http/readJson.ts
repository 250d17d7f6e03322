import type { HttpRequest } from "@azure/functions";
import { AcsEventsError } from "../events/errors.ts";

/** Longer bodies are none of ours: the largest are Call Automation callbacks, a few KB each. */
const maxLength = 1024 * 1024;

/**
 * The JSON of a request's body; undefined when there is none.
 * @throws AcsEventsError ACS_EVENTS_BAD_REQUEST (400) when it is not JSON in UTF-8, or (413) longer than 1 MiB
 */
export async function readJson(request: HttpRequest): Promise<unknown> {
  const text = await readText(request);
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AcsEventsError("ACS_EVENTS_BAD_REQUEST", "The body is not JSON.", { status: 400, cause });
  }
}

async function readText(request: HttpRequest): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > maxLength) {
      const message = `The body is longer than ${maxLength} bytes.`;
      throw new AcsEventsError("ACS_EVENTS_BAD_REQUEST", message, { status: 413 });
    }
    parts.push(part);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts));
  } catch (cause) {
    throw new AcsEventsError("ACS_EVENTS_BAD_REQUEST", "The body is not UTF-8.", { status: 400, cause });
  }
}
