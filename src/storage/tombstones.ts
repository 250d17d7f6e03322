// Container `tombstones`: what was erased, of whom, when, why and by whom; no personal data.
//
//   {id}/about.json          the erasure
//   {id}/objects-{n}.jsonl   a line for each blob that was erased or redacted, written before it is: what a crash leaves is listed too
import { type ContainerName, container } from "./blobs.ts";
import { httpStatus, inTime, onDemand } from "./onDemand.ts";
import { propertiesOf } from "./propertiesOf.ts";
import { readWhole } from "./wholeBlob.ts";

export interface Tombstone {
  id: string;
  /** When it was asked for and when it was done; ISO 8601. */
  askedAt: string;
  doneAt?: string;
  why: string;
  by: string;
  /** Keyed hashes of the names of the person (`subjectHash`). */
  subject: string[];
  /** How many blobs, by container and by what was done; once it is done. */
  what?: Record<string, number>;
  /** The person was under a hold: nothing was erased. */
  nothing?: boolean;
}

export interface ErasedObject {
  container: ContainerName;
  blob: string;
  done: "erased" | "redacted";
  /** SHA-256 (hex) of what was there; absent when nobody knew it. */
  before?: string;
  /** SHA-256 (hex) of what is there now. */
  after: string;
}

const aboutName = (id: string) => `${id}/about.json`;

/** The tombstone of an id; undefined when there is none. */
export async function readTombstone(id: string): Promise<Tombstone | undefined> {
  const whole = await readWhole("tombstones", aboutName(id));
  return whole && (JSON.parse(whole.content.toString("utf8")) as Tombstone);
}

/** Whether an erasure of this id was begun. */
export async function hasTombstone(id: string): Promise<boolean> {
  return (await propertiesOf("tombstones", aboutName(id))) !== undefined;
}

export async function writeTombstone(tombstone: Tombstone): Promise<void> {
  const tombstones = await container("tombstones");
  const text = JSON.stringify(tombstone, null, 2);
  const blob = tombstones.getBlockBlobClient(aboutName(tombstone.id));
  const blobHTTPHeaders = { blobContentType: "application/json" };
  await onDemand(
    () => tombstones.createIfNotExists(),
    () => blob.upload(text, Buffer.byteLength(text), { blobHTTPHeaders, abortSignal: inTime() }),
  );
}

/** Lists objects that are about to be erased. @param part of one part's lines, some may be there twice after a crash */
export async function noteErased(id: string, part: number, objects: readonly ErasedObject[]): Promise<void> {
  if (objects.length === 0) return;
  const blob = (await container("tombstones")).getAppendBlobClient(`${id}/objects-${part}.jsonl`);
  const lines = Buffer.from(objects.map((object) => `${JSON.stringify(object)}\n`).join(""));
  const append = () => blob.appendBlock(lines, lines.length, { abortSignal: inTime() });
  try {
    await append();
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
    await blob.createIfNotExists({
      blobHTTPHeaders: { blobContentType: "application/x-ndjson" },
      abortSignal: inTime(),
    });
    await append();
  }
}

/**
 * The objects of a tombstone, each once within a part. A part is what one slice of the work did: it fits in memory.
 * @param part the only one that is wanted
 */
export async function* readErased(id: string, part?: number): AsyncGenerator<ErasedObject> {
  const tombstones = await container("tombstones");
  const prefix = part === undefined ? `${id}/objects-` : `${id}/objects-${part}.jsonl`;
  for await (const { name } of tombstones.listBlobsFlat({ prefix })) {
    const content = await tombstones.getBlobClient(name).downloadToBuffer();
    const lines = content.toString("utf8").split("\n");
    for (const line of new Set(lines)) if (line !== "") yield JSON.parse(line) as ErasedObject;
  }
}

/** All tombstones, in the order of their ids. */
export async function* listTombstones(): AsyncGenerator<Tombstone> {
  const tombstones = await container("tombstones");
  try {
    for await (const { name } of tombstones.listBlobsFlat()) {
      const [id = ""] = name.split("/");
      const tombstone = name === aboutName(id) ? await readTombstone(id) : undefined;
      if (tombstone) yield tombstone;
    }
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
  }
}
