// Two long lists are compared without keeping either in memory: each goes, by the hash of its names, into files on disk, and of these
// one at a time is looked at.
import { hash } from "node:crypto";
import { appendFileSync, createReadStream, existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { splitLines } from "./splitLines.ts";

/** A hundred million objects give files of some hundred thousand lines. */
const count = 256;

/** Characters of each file that wait in memory. */
const waitingLength = 16_384;

/** What is told of an object: a seal or the index lists it, or its container has it. */
export interface Mention {
  container: string;
  name: string;
  /** Absent where a listing of the container is all that it is told by. */
  listed?: { sha256: string; length: number; storedAt: string; sealed: boolean };
}

export interface Buckets {
  add(mention: Mention): void;
  /** The mentions of each object, a bucket of objects at a time. */
  each(): AsyncGenerator<Map<string, Mention[]>>;
  remove(): Promise<void>;
}

export async function openBuckets(): Promise<Buckets> {
  const folder = await mkdtemp(join(tmpdir(), "acs-events-verify-"));
  const waiting = Array.from({ length: count }, () => "");
  const fileOf = (bucket: number) => join(folder, String(bucket));
  const flush = (bucket: number) => {
    if (waiting[bucket]) appendFileSync(fileOf(bucket), waiting[bucket]);
    waiting[bucket] = "";
  };
  return {
    add(mention) {
      const bucket = Number.parseInt(hash("sha256", keyOf(mention)).slice(0, 2), 16);
      waiting[bucket] += `${JSON.stringify(mention)}\n`;
      if ((waiting[bucket]?.length ?? 0) > waitingLength) flush(bucket);
    },
    async *each() {
      for (let bucket = 0; bucket < count; bucket++) {
        flush(bucket);
        const found = new Map<string, Mention[]>();
        if (!existsSync(fileOf(bucket))) continue;
        for await (const line of splitLines(createReadStream(fileOf(bucket), "utf8"))) {
          const mention = JSON.parse(line) as Mention;
          const known = found.get(keyOf(mention));
          if (known) known.push(mention);
          else found.set(keyOf(mention), [mention]);
        }
        yield found;
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const keyOf = ({ container, name }: Mention) => `${container}/${name}`;
