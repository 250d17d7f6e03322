// What a span of time touches, each thing once, however often it is named: on disk, so that memory does not grow with it.
//
//   put ──► bucket files, by the hash of the key ──► each bucket in memory alone: the last value of each key, in the order of the keys
import { hash } from "node:crypto";
import { appendFile, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

/** A bucket of a day with a million things has some 4,000. */
const buckets = 256;

/** Characters that wait in memory before they are written. */
const flushAt = 4 * 1024 * 1024;

/** A spool in a folder of its own, which is emptied. */
export async function openSpool<T>(folder: string) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  let waiting = new Map<number, string[]>();
  const used = new Set<number>();
  let characters = 0;
  const fileOf = (bucket: number) => join(folder, String(bucket));

  async function flush(): Promise<void> {
    const full = waiting;
    waiting = new Map();
    characters = 0;
    for (const [bucket, lines] of full) {
      used.add(bucket);
      await appendFile(fileOf(bucket), lines.join(""));
    }
  }

  return {
    async put(key: string, value: T): Promise<void> {
      const bucket = Number.parseInt(hash("sha256", key).slice(0, 8), 16) % buckets;
      const line = `${JSON.stringify([key, value])}\n`;
      const lines = waiting.get(bucket);
      if (lines) lines.push(line);
      else waiting.set(bucket, [line]);
      characters += line.length;
      if (characters > flushAt) await flush();
    },
    /** All that was put, when no more comes. */
    async *all(): AsyncGenerator<[key: string, value: T]> {
      await flush();
      for (const bucket of [...used].sort((a, b) => a - b)) {
        const found = new Map<string, T>();
        for (const line of (await readFile(fileOf(bucket), "utf8")).split("\n")) {
          if (line === "") continue;
          const [key, value] = JSON.parse(line) as [string, T];
          found.set(key, value);
        }
        yield* [...found].sort(([a], [b]) => (a < b ? -1 : 1));
      }
    },
  };
}

export type Spool<T> = Awaited<ReturnType<typeof openSpool<T>>>;
