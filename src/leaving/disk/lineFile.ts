import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

/** What became of a file of lines. */
export interface WrittenLines {
  lines: number;
  bytes: number;
  /** Hex. */
  sha256: string;
}

/** Characters that wait in memory before they are written. */
const flushAt = 256 * 1024;

/** A new file that is written line by line, and hashed on the way. */
export async function openLineFile(path: string) {
  const file = await open(path, "w");
  const hash = createHash("sha256");
  const written: WrittenLines = { lines: 0, bytes: 0, sha256: "" };
  let waiting: string[] = [];
  let characters = 0;
  const flush = async () => {
    const bytes = Buffer.from(waiting.join(""));
    waiting = [];
    characters = 0;
    hash.update(bytes);
    written.bytes += bytes.length;
    await file.appendFile(bytes);
  };
  return {
    /** @param text a text without line ends */
    async write(text: string): Promise<void> {
      waiting.push(text, "\n");
      characters += text.length;
      written.lines++;
      if (characters > flushAt) await flush();
    },
    async close(): Promise<WrittenLines> {
      await flush();
      await file.close();
      return { ...written, sha256: hash.digest("hex") };
    },
  };
}

export type LineFile = Awaited<ReturnType<typeof openLineFile>>;
