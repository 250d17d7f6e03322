// An export of the archive to a folder, a slice for each day of arrival; of vCons, for each run. What a slice has is final; the next run goes on
// where the last ended.
//
//   data/{day}.part ──► data/{day} ──► manifest.json      killed before the last step, the slice is written again
//   .export/                                              what the next run must know
import { hash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { families } from "../../events/families.ts";
import { container } from "../../storage/blobs.ts";
import { trustedNow } from "../../storage/trustedNow.ts";
import { openAttempts } from "../disk/attempts.ts";
import { withLock } from "../disk/lock.ts";
import { openSeen, type Seen } from "../disk/seen.ts";
import type { ExportManifest, Slice } from "../schemas/exportManifest.ts";
import type { ExportOptions } from "./exportOptions.ts";
import { exportSlice } from "./exportSlice.ts";
import { inSlices } from "./inSlices.ts";
import { readManifestFile, writeManifestFile } from "./manifestFile.ts";
import { nextDay, placed } from "./nextDay.ts";
import { lookAgain, openTexts, readOpenTexts, writeOpenTexts } from "./openTexts.ts";
import { planSlices } from "./planSlices.ts";
import type { Noted } from "./rowsOf.ts";
import { writeSchemas } from "./writeSchemas.ts";

/** How long (ms) a row may come after its event; one that comes later is announced as late (timeline.ts). */
const overlap = 10 * 60_000;

/**
 * Exports what arrived since the last run into the same folder.
 * @param told called after each slice
 * @throws Error when the folder has another export, or another process exports into it
 */
export async function exportArchive(options: ExportOptions, told: (slice: Slice) => void): Promise<ExportManifest> {
  const state = join(options.out, ".export");
  await mkdir(state, { recursive: true });
  return withLock(join(state, "lock"), () => exportNew(options, state, told));
}

async function exportNew(options: ExportOptions, state: string, told: (slice: Slice) => void): Promise<ExportManifest> {
  const { out: root, format, mediaUrl } = options;
  const manifest = await manifestFor(options);
  await writeSchemas(root);
  const finished = new Set(manifest.slices.map(({ folder }) => folder));
  const attempts = await openAttempts(join(state, "attempts"), finished);
  const seen = await openSeen(join(state, "seen"), attempts.counts);
  const kinds: string[] = [...(options.families ?? [...families, "quarantine"])];
  if (kinds.includes("recording")) kinds.push("recordingFile");
  const texts = kinds.includes("sms");
  const planned = texts ? [...kinds, placed] : kinds;
  const openFile = join(state, "open.jsonl");
  // Storage tells whole seconds, and stamps blobs by them: the second that runs is wanted, too. The overlap takes what comes in it later.
  const now = (await trustedNow()).getTime() + 1_000;
  const until = Math.min(options.to ?? now, now);
  const begun = manifest.exportedTo === undefined ? undefined : Date.parse(manifest.exportedTo);
  const begin = begun ?? options.from ?? (await firstDay(planned));
  const walkFrom = begun === undefined ? (begin ?? until) : Math.max(begun - overlap, options.from ?? 0);
  const plan = { begin: begin ?? until, walkFrom, until, kinds: planned };
  // A vCon is a whole conversation: written day by day, a long one would be written as often as it has days.
  for await (const days of inSlices(planSlices(plan), format === "jsonl")) {
    const [{ folder, from: first }, { to: end, last }] = [days[0], days.at(-1) ?? days[0]];
    const noted = notedBy(seen, await attempts.begin(folder));
    const [open, still] = [await openTexts(join(state, "opened"), now), await openTexts(join(state, "still"), now)];
    const known = () => readOpenTexts(openFile);
    const changed = last ? lookAgain(known(), still) : none();
    const about = { root, format, mediaUrl, kinds: new Set(kinds) };
    const wrote = await exportSlice({ ...about, days, noted, changed, open });
    await seen.flush();
    // What is looked at twice does no harm, what is forgotten would.
    const all = await openTexts(join(state, "all"), now);
    for await (const text of known()) await all.note(text);
    for await (const [, text] of open.all()) await Promise.all([all.note(text), still.note(text)]);
    if (texts) await writeOpenTexts(openFile, all);
    const [from, to] = [new Date(first).toISOString(), new Date(end).toISOString()];
    const made = wrote && { folder, from, to, ...wrote };
    if (made) manifest.slices.push(made);
    for (const [what, count] of Object.entries(made?.counts ?? {})) {
      manifest.counts[what] = (manifest.counts[what] ?? 0) + count;
    }
    manifest.exportedTo = to;
    await writeManifestFile(root, manifest);
    if (texts && last) await writeOpenTexts(openFile, still);
    if (made) told(made);
  }
  if (manifest.exportedTo === undefined) await writeManifestFile(root, manifest);
  return manifest;
}

async function* none(): AsyncGenerator<never> {}

/** What the export has, as an attempt at a slice sees and adds to it. */
function notedBy(seen: Seen, number: number): Noted {
  return {
    has: seen.has,
    add: (id) => seen.add(id, number),
    async addPlaced({ from, to, id }) {
      const key = hash("sha256", `placed ${from} ${to} ${id}`);
      if (await seen.has(key)) return false;
      await seen.add(key, number);
      return true;
    },
  };
}

/** The manifest of the folder, or a new one. */
async function manifestFor(options: ExportOptions): Promise<ExportManifest> {
  const { out: root, format, from, to, families: only, mediaUrl } = options;
  const { accountName } = await container("events");
  const wanted: ExportManifest = {
    format,
    version: 1,
    account: accountName,
    ...(from !== undefined && { from: new Date(from).toISOString() }),
    ...(to !== undefined && { to: new Date(to).toISOString() }),
    ...(only && { families: [...only] }),
    ...(mediaUrl !== undefined && { mediaUrl }),
    counts: {},
    slices: [],
  };
  const found = await readManifestFile(root);
  if (!found) return wanted;
  for (const name of ["format", "account", "from", "to", "families", "mediaUrl"] as const) {
    if (JSON.stringify(found[name]) === JSON.stringify(wanted[name])) continue;
    throw new Error(
      `${root} has an export with ${name} ${JSON.stringify(found[name] ?? null)}. Give the same options, or another folder.`,
    );
  }
  return found;
}

/** The first day that has anything; undefined when there is nothing. */
async function firstDay(kinds: readonly string[]): Promise<number | undefined> {
  const days = (await Promise.all(kinds.map((kind) => nextDay(kind, 0)))).filter((day) => day !== undefined);
  return days.length > 0 ? Math.min(...days) : undefined;
}
