// The files of a slice: written in a folder of another name, which gets its own when all are whole.
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type LineFile, openLineFile } from "../disk/lineFile.ts";
import type { Slice } from "../schemas/exportManifest.ts";

/** @param root folder of the export; `folder` of the slice, under data/ */
export async function openSliceFiles(root: string, folder: string) {
  const target = join(root, "data", folder);
  const part = `${target}.part`;
  await rm(part, { recursive: true, force: true });
  // A run may have been killed after it had renamed the folder, and before it had written the manifest.
  await rm(target, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  const files = new Map<string, LineFile>();
  const counts: Record<string, number> = {};
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  return {
    /** Counts what no line tells. */
    count,
    /** @param text JSON in one line */
    async writeLine(name: string, text: string): Promise<void> {
      const file = files.get(name) ?? (await openLineFile(join(part, `${name}.jsonl`)));
      files.set(name, file);
      count(name);
      await file.write(text);
    },
    /** Closes the files and names the folder; undefined when nothing was written, and then there is no folder. */
    async finish(): Promise<Pick<Slice, "counts" | "files"> | undefined> {
      const written: Slice["files"] = [];
      for (const [name, file] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
        written.push({ name: `${name}.jsonl`, ...(await file.close()) });
      }
      if (Object.keys(counts).length === 0) {
        await rm(part, { recursive: true });
        return undefined;
      }
      await rename(part, target);
      return {
        counts: Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))),
        files: written,
      };
    },
    /** After a failure. */
    async abandon(): Promise<void> {
      for (const file of files.values()) await file.close().catch(() => {});
    },
  };
}

export type SliceFiles = Awaited<ReturnType<typeof openSliceFiles>>;
