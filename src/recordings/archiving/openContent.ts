import { type OpenRecording, openRecording } from "../../acs/openRecording.ts";
import { AcsEventsError } from "../../events/errors.ts";

/** What no recording is: gateways and stores send their errors so, with status 200 too. */
const noMedia = /^(text\/|application\/([\w.-]+\+)?(json|xml)\b)/i;

/** First bytes of a page or a JSON document; no mp4, mp3 or wav begins with them. */
const noMediaByte = new Set(["<", "{"].map((char) => char.charCodeAt(0)));

/**
 * As openRecording, for the content of a chunk.
 * @throws AcsEventsError also ACS_EVENTS_NOT_A_RECORDING (a retry may help), from here or from the body, for what is no recording
 */
export async function openContent(location: string, offset: number): Promise<OpenRecording> {
  const source = await openRecording(location, offset);
  if (noMedia.test(source.contentType)) {
    await (await source.body[Symbol.asyncIterator]()).return?.();
    throw notARecording();
  }
  return source.offset === 0 ? { ...source, body: checked(source.body) } : source;
}

async function* checked(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const part of body) {
    if (first && noMediaByte.has(part[0] ?? 0)) throw notARecording();
    first = first && part.length === 0;
    yield part;
  }
}

function notARecording(): AcsEventsError {
  const message = "ACS sent a page or a document in place of a recording. It is fetched again.";
  return new AcsEventsError("ACS_EVENTS_NOT_A_RECORDING", message, { retryable: true });
}
