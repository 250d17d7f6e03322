import { setting } from "../config.ts";
import { arrivedKinds } from "../storage/arrivedKinds.ts";
import { container } from "../storage/blobs.ts";
import { firstArrived } from "../storage/firstArrived.ts";
import { inTime, onDemand, storageErrorCode } from "../storage/onDemand.ts";
import { trustedNow } from "../storage/trustedNow.ts";
import { type ChainEnd, findEnd, rememberEnd } from "./chainEnd.ts";
import { clearFolder } from "./clearFolder.ts";
import { headName, type SealHead, type SealPart, sha256Of, signedText } from "./head.ts";
import { signHead } from "./signing/signHead.ts";
import { TooMuch, writeParts } from "./writeParts.ts";

const [hour, day] = [3_600_000, 86_400_000];

/** Milliseconds after its end in which an hour is open still: what is on its way into the index gets there. */
const grace = 20 * 60_000;

/** Entries of a seal that has more than an hour. */
const most = 250_000;

export type Sealed = Pick<SealHead, "seq" | "from" | "to" | "entries"> & { head: string; sha256: string };

/**
 * Seals the next span that is over: up to the last full hour or day, and to the end of a day at most. An hour in which nothing arrived
 * is in the seal of the next hour, or of the whole day; days in which nothing arrived are in one seal.
 * @returns undefined when nothing is to be sealed now
 */
export async function sealNext(period: "hourly" | "daily"): Promise<Sealed | undefined> {
  const now = await trustedNow();
  const { end, next: seq } = await findEnd(now);
  if (end) await Promise.all([rememberEnd(end), clearFolder(end.seq)]);
  const next = await firstOfAll(end ? floor(Date.parse(end.to), day) : 0);
  const from = end ? Date.parse(end.to) : next;
  if (from === undefined) return undefined;
  const due = floor(now.getTime() - grace, period === "hourly" ? hour : day);
  const endOfDay = Math.max(floor(from, day) + day, Math.min(next ?? due, floor(due, day)));
  const span = { from, to: Math.min(due, endOfDay) };
  if (span.to <= from) return undefined;
  const parts = await partsOf(seq, span);
  if (parts.length === 0 && span.to < endOfDay) return undefined;
  return writeHead(seq, end, { ...span, now }, parts);
}

/** The parts of a span, which is made an hour if it has very much. */
async function partsOf(seq: number, span: { from: number; to: number }): Promise<SealPart[]> {
  const oneHour = floor(span.from, hour) + hour;
  try {
    return await writeParts(seq, span, span.to > oneHour ? most : undefined);
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    span.to = oneHour;
    return writeParts(seq, span);
  }
}

async function writeHead(
  seq: number,
  end: ChainEnd | undefined,
  { from, to, now }: { from: number; to: number; now: Date },
  parts: SealPart[],
): Promise<Sealed | undefined> {
  const times = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), sealedAt: now.toISOString() };
  const entries = parts.reduce((sum, part) => sum + part.entries, 0);
  const head: SealHead = { version: 1, seq, ...times, previous: end?.sha256 ?? null, entries, parts };
  const signature = await signHead(signedText(head), setting("SEAL_KEY"));
  const text = JSON.stringify({ ...head, ...(signature && { signature }) });
  const seals = await container("seals");
  const upload = () =>
    seals.getBlockBlobClient(headName(seq)).upload(text, Buffer.byteLength(text), {
      conditions: { ifNoneMatch: "*" },
      blobHTTPHeaders: { blobContentType: "application/json" },
      abortSignal: inTime(),
    });
  try {
    await onDemand(() => seals.createIfNotExists(), upload);
  } catch (error) {
    // Another sealer was faster, or this very write arrived twice: the folder is cleared by what the head says.
    if (storageErrorCode(error) !== "BlobAlreadyExists") throw error;
    await clearFolder(seq);
    return undefined;
  }
  const sha256 = sha256Of(text);
  await rememberEnd({ seq, sha256, to: times.to });
  await clearFolder(seq);
  return { seq, from: times.from, to: times.to, entries, head: headName(seq), sha256 };
}

/** The first day from one on in which anything arrived. */
async function firstOfAll(from: number): Promise<number | undefined> {
  const days = await Promise.all([...arrivedKinds, "late"].map((kind) => firstArrived(kind, from)));
  const known = days.filter((one) => one !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

const floor = (time: number, step: number) => time - (time % step);
