// Ends an archived event. What it left elsewhere derives from it, so it goes last but one, and its row in order of arrival, by which all
// this is found again after a crash, last of all:
//
//   tombstone of the day ──► timelines, lists, transcripts ──► blob, snapshots, versions ──► row in order of arrival
import type { AcsEvent } from "../events/acsEvent.ts";
import { container } from "../storage/blobs.ts";
import { deleteRows } from "../storage/deleteRows.ts";
import { deleteWhole } from "../storage/deleteWhole.ts";
import { inTime } from "../storage/onDemand.ts";
import { isStub, stubOf } from "../storage/stub.ts";
import { arrivedRow } from "../storage/timeline.ts";
import type { ArrivedRow } from "../storage/walkArrived.ts";
import { endTimeline } from "./endTimeline.ts";
import { isUnsettled } from "./isUnsettled.ts";
import type { Limit } from "./limits.ts";
import { readKept } from "./readKept.ts";
import type { Outcome, Work } from "./work.ts";

export async function endEvent(work: Work, row: ArrivedRow, limit: Limit): Promise<Outcome> {
  const { blob, kind, storedAt } = row;
  const { content, event, tombstone } = await readKept(blob);
  if (content !== undefined) {
    if (await isHeld(work, event, content)) return "held";
    if (event && (await isUnsettled(event))) return "unsettled";
    await work.tell(kind, storedAt, limit);
    if (event) await endTimeline(event, blob, storedAt);
    if (tombstone === undefined) await deleteWhole("events", blob);
    else await leaveStub(blob, tombstone, content);
  }
  await endArrived(row);
  return "ended";
}

/** What this version of the app does not accept is held by any id that stands in it. */
async function isHeld(work: Work, event: AcsEvent | undefined, content: Buffer): Promise<boolean> {
  const held = await work.held();
  return (event ? held.ofEvent(event) : held.ofText(content.toString("utf8"))) !== undefined;
}

/** Takes something out of the order of arrival. */
export function endArrived({ kind, storedAt, rowKey }: ArrivedRow): Promise<void> {
  const { partitionKey } = arrivedRow(kind, storedAt, rowKey.slice(rowKey.indexOf("_") + 1), {});
  return deleteRows("timeline", [{ partitionKey, rowKey }]);
}

/** What was erased or redacted must not come back whole when somebody brings it again: its name stays. */
async function leaveStub(blob: string, tombstone: string, content: Buffer): Promise<void> {
  const stub = stubOf(tombstone);
  if (content.toString("utf8") === stub || isStub(parse(content))) return;
  await deleteWhole("events", blob);
  const client = (await container("events")).getBlockBlobClient(blob);
  const blobHTTPHeaders = { blobContentType: "application/json" };
  await client.upload(stub, Buffer.byteLength(stub), {
    metadata: { tombstone },
    blobHTTPHeaders,
    abortSignal: inTime(),
  });
}

function parse(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString("utf8"));
  } catch {
    return undefined;
  }
}
