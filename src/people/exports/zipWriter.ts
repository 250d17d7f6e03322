import { once } from "node:events";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";

export interface ZipWriter {
  /** What the zip consists of; to be read while entries are added. */
  output: AsyncIterable<Uint8Array>;
  /** Bytes that were read so far. */
  bytes(): number;
  /** Adds an entry, and resolves when all of its content is taken. */
  add(path: string, content: AsyncIterable<Uint8Array>, options?: { compress?: boolean }): Promise<void>;
  /** No more entries come; the output ends. */
  end(): void;
  /** Breaks the output off. */
  fail(error: unknown): void;
}

/** A zip that is written as it is read: what it holds at a time is a few hundred KB, and an entry in its list for each file. */
export async function zipWriter(): Promise<ZipWriter> {
  const { ZipFile } = (await import("yazl")).default;
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  let bytes = 0;
  zip.on("error", (error: Error) => out.destroy(error));
  // An error comes to whoever reads; without anybody it would end the process.
  out.on("error", () => {});
  return {
    output: (async function* () {
      for await (const part of out) {
        bytes += part.length;
        yield part;
      }
    })(),
    bytes: () => bytes,
    async add(path, content, { compress = true } = {}) {
      const source = Readable.from(content, { objectMode: false });
      const broken = new AbortController();
      // Once nobody takes the output, the source would wait for ever.
      const failed = once(out, "close", { signal: broken.signal }).then(() => {
        throw out.errored ?? new Error("The zip was broken off.");
      });
      failed.catch(() => {});
      try {
        zip.addReadStream(source, path, { compress });
        await Promise.race([finished(source), failed]);
      } finally {
        broken.abort();
        source.destroy();
      }
    },
    end: () => zip.end(),
    fail: (error) => out.destroy(error instanceof Error ? error : new Error("The zip was broken off.")),
  };
}
