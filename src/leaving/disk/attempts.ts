// The numbers under which slices note what they have: one for each time that a slice is begun. A slice that was killed is begun again under
// another number, so what it noted counts no more.
import { appendFile, readFile } from "node:fs/promises";
import { orNone } from "./orNone.ts";

/** @param file one folder a line; `finished` folders of slices that the manifest has */
export async function openAttempts(file: string, finished: ReadonlySet<string>) {
  const lines = (await orNone(readFile(file, "utf8"), "")).split("\n");
  const folders = lines.slice(0, -1);
  const last = new Map(folders.map((folder, number) => [folder, number]));
  // A torn line ends here, and is no folder.
  if (lines.at(-1) !== "") {
    folders.push("");
    await appendFile(file, "\n");
  }
  const before = folders.length;
  return {
    /** Whether what was noted under a number counts. */
    counts(number: number): boolean {
      const folder = folders[number] ?? "";
      return number >= before || (last.get(folder) === number && finished.has(folder));
    },
    async begin(folder: string): Promise<number> {
      await appendFile(file, `${folder}\n`);
      last.set(folder, folders.length);
      return folders.push(folder) - 1;
    },
  };
}
