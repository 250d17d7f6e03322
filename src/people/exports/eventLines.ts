import { isNoMore } from "../../calls/isNoMore.ts";
import { isObject } from "../../events/json.ts";
import { readArchived } from "../../storage/archive.ts";
import { asJson } from "../../storage/asJson.ts";
import type { PersonRow } from "../knowing/eventsOfPerson.ts";
import { type Thing, thingIn } from "../knowing/thingIn.ts";

/** Events that are read at once; one has 1 MB at most. */
const together = 8;

interface Options {
  rows: AsyncIterable<PersonRow>;
  /** Told of what the events are about. */
  note(thing: Thing): Promise<void>;
  /** Told of each event that was written. */
  count(row: PersonRow): void;
  /** Asked now and then; with false the lines end, and `last` says where. */
  mayGoOn(): boolean;
}

/** The events of rows, a line of JSON each, as they were archived but for a secret; `last` is the row key up to which all are told, undefined at the end. */
export async function* eventLines({ rows, note, count, mayGoOn }: Options): AsyncGenerator<Buffer, string | undefined> {
  let batch: PersonRow[] = [];
  const iterator = rows[Symbol.asyncIterator]();
  try {
    for (let done = false; !done; ) {
      const next = await iterator.next();
      done = next.done === true;
      if (!next.done) batch.push(next.value);
      if (batch.length < together && !done) continue;
      const lines = await Promise.all(batch.map((row) => lineOf(row, note)));
      for (const [place, line] of lines.entries()) {
        const row = batch[place];
        if (line === undefined || row === undefined) continue;
        count(row);
        yield line;
      }
      const last = batch.at(-1)?.rowKey;
      batch = [];
      if (!done && !mayGoOn()) return last;
    }
    return undefined;
  } finally {
    await iterator.return?.();
  }
}

/** Undefined for a row that is no event, and for an event that retention or erasure took away. */
async function lineOf(row: PersonRow, note: Options["note"]): Promise<Buffer | undefined> {
  const thing = thingIn(row);
  if (thing) await note(thing);
  if (row.blob === undefined) return undefined;
  try {
    const event = asJson(withoutSecret(await readArchived(row.blob)));
    return Buffer.from(`{"blob":${JSON.stringify(row.blob)},"event":${event}}\n`);
  } catch (error) {
    if (isNoMore(error)) return undefined;
    throw error;
  }
}

/** Whoever has the context of a call that rings can take the call. */
function withoutSecret(event: unknown): unknown {
  if (!isObject(event) || !isObject(event.data)) return event;
  const data = Object.entries(event.data).filter(([name]) => name.toLowerCase() !== "incomingcallcontext");
  return { ...event, data: Object.fromEntries(data) };
}
