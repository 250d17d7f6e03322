import type { AcsEvent } from "../events/acsEvent.ts";
import { eventIn } from "../events/eventIn.ts";
import { container } from "../storage/blobs.ts";
import { httpStatus, inTime } from "../storage/onDemand.ts";

export interface Kept {
  /** What was archived; undefined when it is gone. */
  content?: Buffer;
  /** Undefined for what is no event that this version of the app accepts. */
  event?: AcsEvent;
  /** Of what was erased or redacted. */
  tombstone?: string;
}

/** An archived event as it is kept. */
export async function readKept(blob: string): Promise<Kept> {
  const client = (await container("events")).getBlobClient(blob);
  try {
    const { readableStreamBody, metadata } = await client.download(0, undefined, { abortSignal: inTime() });
    const parts: Buffer[] = [];
    for await (const part of readableStreamBody ?? []) parts.push(Buffer.from(part));
    const content = Buffer.concat(parts);
    const event = eventIn(content);
    return { content, ...(event && { event }), ...(metadata?.tombstone && { tombstone: metadata.tombstone }) };
  } catch (error) {
    if (httpStatus(error) === 404) return {};
    throw error;
  }
}
