// Which events an export has already: a redelivery announces an event anew hours later, and the end of the last run is walked once more.
// 1,024 files of 20 bytes for each event: the begin of its identity, and the number of the attempt that wrote it. What a run that was killed
// noted counts only once its slice is in the manifest (attempts.ts).
import { appendFile, mkdir, readFile, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { orNone } from "./orNone.ts";

const buckets = 1024;
const idBytes = 16;
const entryBytes = idBytes + 4;

/** Files that are kept in memory, the last ones used: the index is walked shard by shard, so these are asked for again. */
const kept = 16;

/** Entries that wait in memory before they are written. */
const flushAt = 20_000;

/** @param folder where the files are; `counts` whether what was noted under a number counts (attempts.ts) */
export async function openSeen(folder: string, counts: (number: number) => boolean) {
  await mkdir(folder, { recursive: true });
  const loaded = new Map<number, Set<string>>();
  const torn = new Set<number>();
  let waiting = new Map<number, Buffer[]>();
  let count = 0;
  const fileOf = (bucket: number) => join(folder, bucket.toString(16).padStart(3, "0"));

  async function load(bucket: number): Promise<Set<string>> {
    const known = loaded.get(bucket);
    if (known) {
      loaded.delete(bucket);
      loaded.set(bucket, known);
      return known;
    }
    const content = await orNone(readFile(fileOf(bucket)), Buffer.alloc(0));
    const found = new Set<string>();
    for (let at = 0; at + entryBytes <= content.length; at += entryBytes) {
      if (counts(content.readUInt32BE(at + idBytes))) found.add(content.toString("latin1", at, at + idBytes));
    }
    loaded.set(bucket, found);
    const [oldest] = loaded.keys();
    if (loaded.size > kept && oldest !== undefined) loaded.delete(oldest);
    return found;
  }

  async function flush(): Promise<void> {
    const entries = waiting;
    waiting = new Map();
    count = 0;
    for (const [bucket, parts] of entries) {
      const file = fileOf(bucket);
      if (!torn.has(bucket)) {
        // A run that was killed may have left half an entry.
        const { size } = await orNone<{ size: number }>(stat(file), { size: 0 });
        if (size % entryBytes !== 0) await truncate(file, size - (size % entryBytes));
        torn.add(bucket);
      }
      await appendFile(file, Buffer.concat(parts));
      loaded.delete(bucket);
    }
  }

  return {
    async has(identity: string): Promise<boolean> {
      const bucket = bucketOf(identity);
      const id = idOf(identity);
      if ((await load(bucket)).has(id.toString("latin1"))) return true;
      return waiting.get(bucket)?.some((entry) => entry.subarray(0, idBytes).equals(id)) ?? false;
    },
    async add(identity: string, number: number): Promise<void> {
      const entry = Buffer.alloc(entryBytes);
      idOf(identity).copy(entry);
      entry.writeUInt32BE(number, idBytes);
      const bucket = bucketOf(identity);
      const parts = waiting.get(bucket);
      if (parts) parts.push(entry);
      else waiting.set(bucket, [entry]);
      if (++count >= flushAt) await flush();
    },
    flush,
  };
}

export type Seen = Awaited<ReturnType<typeof openSeen>>;

const bucketOf = (identity: string) => Number.parseInt(identity.slice(0, 8), 16) % buckets;
const idOf = (identity: string) => Buffer.from(identity.slice(0, idBytes * 2), "hex");
