// What one zip of an export holds: events from where the last one ended, then the files of the things that they named, then its index.
import { settingOrDefault } from "../../config.ts";
import type { Entity } from "../../events/entities.ts";
import { eventsOfPerson } from "../knowing/eventsOfPerson.ts";
import { optOutsOf } from "../knowing/optOutsOf.ts";
import { eventLines } from "./eventLines.ts";
import { indexHtml, indexJson } from "./partIndex.ts";
import type { Counts, Cursor, ExportRow } from "./rows.ts";
import { thingFiles } from "./thingFiles.ts";
import { thingNoter, thingsOf } from "./things.ts";
import type { ZipWriter } from "./zipWriter.ts";

/** What one zip and one job may cost: files, and milliseconds. A function has 30 minutes (host.json). */
const maxFiles = 2_000;
const maxTime = 5 * 60_000;

interface Part {
  zip: ZipWriter;
  row: ExportRow;
  entities: Entity[];
  counts: Counts;
  files: Map<string, { kind: string; path: string }>;
  /** Bytes of events, before they are compressed. */
  eventBytes: number;
  mayGoOn(): boolean;
}

/** Fills the zip, up to its index. @returns where the next part begins; no `next` when there is none */
export async function fillPart(zip: ZipWriter, row: ExportRow): Promise<{ counts: Counts; next?: Cursor }> {
  const stopAt = performance.now() + maxTime;
  const maxBytes = settingOrDefault("EXPORT_PART_MB") * 1e6;
  const part: Part = {
    ...{ zip, row, entities: JSON.parse(row.entities) as Entity[], counts: {}, files: new Map(), eventBytes: 0 },
    mayGoOn: () =>
      performance.now() < stopAt && Math.max(zip.bytes(), part.eventBytes) < maxBytes && part.files.size < maxFiles,
  };
  const { phase, after } = JSON.parse(row.cursor) as Cursor;
  const lastEvent = phase === "events" ? await addEvents(part, after) : undefined;
  let next: Cursor | undefined;
  if (lastEvent !== undefined) next = { phase: "events", after: lastEvent };
  else {
    const lastThing = await addThings(part, phase === "things" ? after : "");
    if (lastThing !== undefined) next = { phase: "things", after: lastThing };
  }
  await addIndex(part, next === undefined);
  return { counts: part.counts, ...(next && { next }) };
}

/** @returns the row key after which there may be more; undefined at the end */
async function addEvents(part: Part, after: string): Promise<string | undefined> {
  const lines = eventLines({
    rows: eventsOfPerson(part, after),
    note: thingNoter(part.row.exportId),
    count: ({ family = "other" }) => count(part, `events.${family}`),
    mayGoOn: part.mayGoOn,
  });
  let last: string | undefined;
  const content = (async function* () {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) {
        last = value;
        return;
      }
      part.eventBytes += value.length;
      yield value;
    }
  })();
  await add(part, { kind: "events", path: `events-${part.row.part}.jsonl` }, content);
  return last;
}

/** @returns the row key after which there may be more; undefined at the end */
async function addThings(part: Part, after: string): Promise<string | undefined> {
  for await (const { rowKey, thing } of thingsOf(part.row.exportId, after)) {
    let added = false;
    for await (const { path, content, compress = true } of thingFiles(thing, part.entities)) {
      // A call goes by several names.
      if (part.files.has(path)) continue;
      await add(part, { kind: thing.kind, path }, content, compress);
      added = true;
    }
    if (added) count(part, `${thing.kind}s`);
    if (!part.mayGoOn()) return rowKey;
  }
  return undefined;
}

async function addIndex({ zip, row, entities, counts, files }: Part, last: boolean): Promise<void> {
  const index = {
    identifier: row.identifier,
    names: entities.map((entity) => entity.slice("person:".length)),
    requestedAt: row.requestedAt.toISOString(),
    ...{ part: row.part, last, counts, files: [...files.values()] },
    ...(last && { optOuts: (await optOutsOf(entities)).value }),
  };
  await zip.add("index.json", once(indexJson(index)));
  await zip.add("index.html", once(indexHtml(index)));
}

async function add(
  { zip, files }: Part,
  file: { kind: string; path: string },
  content: AsyncIterable<Uint8Array>,
  compress = true,
): Promise<void> {
  await zip.add(file.path, content, { compress });
  files.set(file.path, file);
}

function count({ counts }: Part, kind: string): void {
  counts[kind] = (counts[kind] ?? 0) + 1;
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
