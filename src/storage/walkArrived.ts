// The index of all that arrived, `arrived:{kind}:{day}:{shard}`. Lists, seals, exports and replays walk it: what they cost grows with what
// arrived in their span of time, and their memory does not.
import { listRows } from "./listRows.ts";
import { newestFirst, timeOfKey } from "./newestFirst.ts";
import { shards } from "./timeline.ts";

export interface ArrivedRow {
  /** A family, `quarantine`, `recordingFile`, or `late`. */
  kind: string;
  /** `{10^14 - milliseconds}_{identity}`. */
  rowKey: string;
  storedAt: Date;
  /** Blob name in container `events`, `quarantine` or `recordings`. */
  blob: string;
  /** SHA-256 of the blob, hex; absent for what an earlier version of the app archived. */
  sha256?: string;
  /** Of the blob, in bytes; absent as sha256 is. */
  length?: string;
  /** Of kind `late`: what kind has the row that came late, and when its blob was stored (ISO). */
  of?: string;
  arrivedAt?: string;
  /** Of events: type without its namespace, event time, summary as JSON. */
  type?: string;
  time?: string;
  summary?: string;
  /** Of what is in quarantine: the family of the function that received it, and the first reason's code. */
  family?: string;
  reason?: string;
  /** Of recording files. */
  recordingId?: string;
}

const day = 86_400_000;

/**
 * All that arrived in a span of time: day by day, of each day kind by kind, of each kind shard by shard, and there the newest first.
 * @param span `from` included, `to` not; milliseconds since 1970
 */
export async function* walkArrived(
  kinds: readonly string[],
  { from, to }: { from: number; to: number },
): AsyncGenerator<ArrivedRow> {
  for (let begin = from - (from % day); begin < to; begin += day) {
    const [first, last] = [Math.max(begin, from), Math.min(begin + day, to)];
    for (const kind of kinds) {
      for (const row of openShards(kind, begin, first, last)) yield* await row;
    }
  }
}

/** The shards of a day and kind, each with its first page on the way: most days of most kinds are empty. */
function openShards(kind: string, begin: number, from: number, to: number): Promise<AsyncGenerator<ArrivedRow>>[] {
  const date = new Date(begin).toISOString().slice(0, 10);
  const range = `RowKey gt '${newestFirst(to - 1)}_' and RowKey lt '${newestFirst(from)}_g'`;
  const opened = Array.from({ length: shards }, async (_, shard) => {
    const rows = listRows<Omit<ArrivedRow, "kind" | "storedAt">>(
      "timeline",
      `PartitionKey eq 'arrived:${kind}:${date}:${shard}' and ${range}`,
    );
    const first = await rows.next();
    return (async function* () {
      for (let { done, value } = first; !done && value; { done, value } = await rows.next()) {
        const rowKey = value.rowKey ?? "";
        yield { ...value, kind, rowKey, storedAt: new Date(timeOfKey(rowKey)) };
      }
    })();
  });
  // Of those that fail, the first that is waited for tells; the others are not waited for, and would end the process.
  for (const one of opened) one.catch(() => {});
  return opened;
}
