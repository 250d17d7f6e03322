// One slice of an export: what arrived in a day, or in the part of one since the last run; of vCons, in all days of a run.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readRecordingJson } from "../../recordings/manifest/readRecordingJson.ts";
import { inFlight } from "../../storage/inFlight.ts";
import { collect } from "../records/collect.ts";
import { touch, touchSent } from "../records/touch.ts";
import { openTouched, type SentText, type Touched } from "../records/touched.ts";
import type { ExportedEvent } from "../schemas/exportedEvent.ts";
import type { Slice } from "../schemas/exportManifest.ts";
import { writeVcons } from "../vcon/writeVcons.ts";
import { placed } from "./nextDay.ts";
import type { OpenTexts } from "./openTexts.ts";
import { placedTexts } from "./placedTexts.ts";
import type { PlannedSlice } from "./planSlices.ts";
import { type ReadEvent, readEvent } from "./readEvent.ts";
import { type Noted, rowsOf, type WantedRow } from "./rowsOf.ts";
import { openSliceFiles, type SliceFiles } from "./sliceFiles.ts";
import { type Folding, writeRecords } from "./writeRecords.ts";

/** Events that are read at once. */
const atOnce = 16;

export interface SliceOf {
  root: string;
  format: "jsonl" | "vcon";
  mediaUrl: string | undefined;
  /** Families, `quarantine`, `recordingFile`. */
  kinds: ReadonlySet<string>;
  /** Its days. */
  days: readonly [PlannedSlice, ...PlannedSlice[]];
  noted: Noted;
  /** Texts of ours that changed since they were exported. */
  changed: AsyncIterable<SentText>;
  /** Texts of ours whose end is not known yet are noted here. */
  open: Pick<OpenTexts, "note">;
}

/** @returns undefined when nothing is new */
export async function exportSlice(slice: SliceOf): Promise<Pick<Slice, "counts" | "files"> | undefined> {
  const { root, format, days, open } = slice;
  const work = join(root, ".export", "work");
  const files = await openSliceFiles(root, days[0].folder);
  try {
    const touched = await openTouched(work);
    for (const day of days) {
      const rows = rowsOf(slice.kinds, day, slice.noted);
      for await (const read of inFlight(rows, atOnce, look)) {
        if (format === "jsonl" && read.event) await writeEvent(read.event, files);
        await read.putInto(touched);
      }
      await touchPlaced(day, slice.noted, touched);
    }
    for await (const text of slice.changed) await touchSent(text, touched);
    const now = Math.max(...days.map(({ to }) => to));
    const folding: Folding = { root, work, now, files, touched, open };
    await (format === "jsonl" ? writeRecords(folding) : writeVcons(folding, slice.mediaUrl));
    const wrote = await files.finish();
    await rm(work, { recursive: true, force: true });
    return wrote;
  } catch (error) {
    await files.abandon();
    throw error;
  }
}

async function touchPlaced(day: PlannedSlice, noted: Noted, touched: Touched): Promise<void> {
  const texts = day.kinds.includes(placed) ? placedTexts(day.walkFrom, day.to) : [];
  for await (const text of texts) {
    if (await noted.addPlaced(text)) await touchSent(text, touched);
  }
}

/** Reads what a row is about, and what it tells of. */
async function look(row: WantedRow) {
  const { touches, putInto } = collect();
  if (row.kind === "recordingFile") {
    const id = row.recordingId ?? (await recordingIdOf(row.blob));
    if (id !== undefined) await touches.recordings.put(id, id);
    return { putInto };
  }
  const event = await readEvent(row);
  if (event.event) await touch(event.event, touches);
  return { event, putInto };
}

/** Of a file's row that came late. */
async function recordingIdOf(blob: string): Promise<string | undefined> {
  const manifest = await readRecordingJson(`${blob.split("/")[0]}/manifest.json`);
  const { recordingId } = (manifest ?? {}) as { recordingId?: unknown };
  return typeof recordingId === "string" ? recordingId : undefined;
}

async function writeEvent({ row, text, sha256, event, changed }: ReadEvent, files: SliceFiles): Promise<void> {
  if (text === undefined) return files.count("unreadable");
  // What is left of an erased event says nothing but that.
  if (changed === "erased") return files.count("erased");
  const [family = "", type] = row.blob.split("/");
  const line: Omit<ExportedEvent, "event"> = {
    id: row.identity,
    family,
    ...(row.kind !== "quarantine" && type !== undefined && { type }),
    ...(event?.time && { time: event.time }),
    storedAt: row.storedAt.toISOString(),
    blob: row.blob,
    ...(changed === "redacted" && { redacted: true }),
    sha256,
  };
  const name = row.kind === "quarantine" ? "quarantine" : `events-${family}`;
  await files.writeLine(name, `${JSON.stringify(line).slice(0, -1)},"event":${text}}`);
}
