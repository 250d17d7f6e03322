import type { AcsEvent } from "../events/acsEvent.ts";
import { eventIn } from "../events/eventIn.ts";
import { readWhole } from "../storage/wholeBlob.ts";

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
  const whole = await readWhole("events", blob);
  if (!whole) return {};
  const { content, metadata } = whole;
  const event = eventIn(content);
  return { content, ...(event && { event }), ...(metadata.tombstone && { tombstone: metadata.tombstone }) };
}
