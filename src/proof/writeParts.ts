import { randomUUID } from "node:crypto";
import { arrivedKinds } from "../storage/arrivedKinds.ts";
import { entriesOf } from "./entriesOf.ts";
import { folderOf, type SealEntry, type SealPart } from "./head.ts";
import { writePart } from "./writePart.ts";

/** The span has more than a seal should. */
export class TooMuch extends Error {}

/**
 * Writes what arrived in a span of time into the parts of a seal: one for each kind of which there is something. Their names are of
 * this attempt alone, so that two of them do not mix.
 * @param most entries; undefined: as many as there are
 * @throws TooMuch
 */
export async function writeParts(
  seq: number,
  span: { from: number; to: number },
  most = Number.POSITIVE_INFINITY,
): Promise<SealPart[]> {
  const attempt = randomUUID().slice(0, 8);
  const parts: SealPart[] = [];
  let entries = 0;
  async function* linesOf(some: AsyncIterable<SealEntry>) {
    for await (const entry of some) {
      if (++entries > most) throw new TooMuch();
      yield `${JSON.stringify(entry)}\n`;
    }
  }
  for (const kind of [...arrivedKinds, "late"]) {
    const name = `${folderOf(seq)}/${kind}-${attempt}.jsonl`;
    const written = await writePart(name, linesOf(entriesOf(kind, span)));
    if (written) parts.push({ name, kind, ...written });
  }
  return parts;
}
