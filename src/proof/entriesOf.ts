import { sha256OfBlob } from "../recordings/archiving/sha256OfBlob.ts";
import { containerOf } from "../storage/arrivedKinds.ts";
import { container } from "../storage/blobs.ts";
import { firstArrived } from "../storage/firstArrived.ts";
import { unlessMissing } from "../storage/unlessMissing.ts";
import { type ArrivedRow, walkArrived } from "../storage/walkArrived.ts";
import type { SealEntry } from "./head.ts";

/** What arrived of a kind in a span of time, as a seal has it. */
export async function* entriesOf(kind: string, span: { from: number; to: number }): AsyncGenerator<SealEntry> {
  // Most kinds have nothing at most times, and each day of a kind costs a call for each of its shards.
  const first = await firstArrived(kind, span.from);
  if (first === undefined || first >= span.to) return;
  const rest = { ...span, from: Math.max(span.from, first) };
  for await (const row of walkArrived([kind], rest)) yield await entryOf(row);
}

async function entryOf({
  kind,
  of: lateKind,
  blob: name,
  storedAt,
  arrivedAt,
  ...known
}: ArrivedRow): Promise<SealEntry> {
  const containerName = containerOf(lateKind ?? kind);
  const { sha256, length } =
    known.sha256 && known.length !== undefined
      ? { sha256: known.sha256, length: Number(known.length) }
      : await readNow(containerName, name);
  return { container: containerName, name, sha256, length, storedAt: arrivedAt ?? storedAt.toISOString() };
}

/** For what an earlier version of the app indexed. */
async function readNow(containerName: ReturnType<typeof containerOf>, name: string) {
  const blob = (await container(containerName)).getBlobClient(name);
  return (await unlessMissing(() => sha256OfBlob(blob))) ?? { sha256: "", length: 0 };
}
