import type { BlobClient } from "@azure/storage-blob";
import { httpStatus } from "../../storage/onDemand.ts";
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
  try {
    const lines = linesOf(part);
    for (;;) {
      const { done, value } = await lines.next();
      if (done) return { sha256: value, entries };
      const entry = parse(value);
      if (!entry) continue;
      entries++;
      found(entry);
    }
  } catch (error) {
    if (httpStatus(error) === 404) return undefined;
    throw error;
  }
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
