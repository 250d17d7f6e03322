import type { BlobClient } from "@azure/storage-blob";
import { unlessMissing } from "../../storage/unlessMissing.ts";
import type { SealEntry } from "../head.ts";
import { linesOf } from "./linesOf.ts";

/** Where sealed objects are. */
const containers: ReadonlySet<string> = new Set(["events", "quarantine", "recordings"]);

/** Reads the entries of a part. @returns its hash and how many they are; undefined when it is not there */
export async function readEntries(
  part: BlobClient,
  found: (entry: SealEntry) => void,
): Promise<{ sha256: string; entries: number } | undefined> {
  let entries = 0;
  const lines = linesOf(part);
  return unlessMissing(async () => {
    for (;;) {
      const { done, value } = await lines.next();
      if (done) return { sha256: value, entries };
      const entry = parse(value);
      if (!entry) continue;
      entries++;
      found(entry);
    }
  });
}

/** A line that somebody spoilt is none; the hash of the part tells of it. */
function parse(line: string): SealEntry | undefined {
  try {
    const entry = JSON.parse(line) as Partial<SealEntry> | null;
    const { container, name, sha256, length, storedAt } = entry ?? {};
    const texts = [name, sha256, storedAt].every((value) => typeof value === "string");
    return containers.has(container ?? "") && texts && typeof length === "number" ? (entry as SealEntry) : undefined;
  } catch {
    return undefined;
  }
}
