import type { ContainerName } from "./blobs.ts";
import type { ProblemRow } from "./problemRows.ts";

/** Where the raw data of a problem is: a blob, or a job that was taken off a queue, as JSON text. */
export type ProblemSource = { container: ContainerName; blob: string } | { queue: string; message: string };

/** Longest text in a column of a table, in characters. A queue message holds at most 48 KB, so two columns are enough. */
const columnLength = 32_000;

export function columnsOfSource(source: ProblemSource): Partial<ProblemRow> {
  if ("blob" in source) return { sourceContainer: source.container, sourceBlob: source.blob };
  // A raw line separator within a transaction makes Azurite refuse all of it; in JSON the escape means the same.
  const json = source.message.replace(/[\u2028\u2029]/g, (char) => (char === "\u2028" ? "\\u2028" : "\\u2029"));
  return {
    sourceQueue: source.queue,
    sourceMessage: json.slice(0, columnLength),
    sourceMessageRest: json.slice(columnLength, 2 * columnLength),
  };
}

/** Where the raw data is; undefined for a problem without any, or of an earlier version of the app. */
export function sourceOf(row: ProblemRow): ProblemSource | undefined {
  const { sourceContainer, sourceBlob, sourceQueue, sourceMessage = "", sourceMessageRest = "" } = row;
  if (sourceContainer && sourceBlob) return { container: sourceContainer as ContainerName, blob: sourceBlob };
  return sourceQueue ? { queue: sourceQueue, message: sourceMessage + sourceMessageRest } : undefined;
}
