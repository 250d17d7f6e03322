// Makes a call known by all names that an event gives it, and to the list. All of it derives from the event and is written again by each
// delivery.
//
//   ledger    callName:{name}, {other name}     a row each way: two names of one call
//   timeline  callName:{name}                   events without a serverCallId, which are in no `call:` timeline
//             calls:{yyyy-MM}                   the list, newest first: a row for each event before which nothing of its call is known
import { createHash } from "node:crypto";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { tableKey } from "../../storage/keys.ts";
import { put } from "../../storage/ledger.ts";
import { newestFirst } from "../../storage/newestFirst.ts";
import { indexUnder, putRows, rowKeyOf } from "../../storage/timeline.ts";
import { type CallName, idsOf, namesIn, timelineOf } from "./callName.ts";
import { dated, linkKey } from "./rows.ts";

/** Events of these families tell of calls. */
const families: ReadonlySet<string> = new Set(["call", "incomingCall", "recording"]);

/** To be called after the event is indexed. Again changes nothing. */
export async function announceCall(event: AcsEvent, blob: string): Promise<void> {
  const names = families.has(event.family) ? namesIn(event) : [];
  const [first, ...others] = names;
  if (first === undefined) return;
  if (idsOf("serverCallId", [first]).length === 0) await indexUnder(timelineOf(first), event, blob);
  await Promise.all(others.flatMap((other) => [link(first, other), link(other, first)]));
  if (await isEarliest(event, first)) await list(event, first);
}

function link(name: CallName, other: CallName): Promise<void> {
  return put(linkKey(name, other), { name: other });
}

/** Whether nothing of the call is known from before this event. A call without a time is found by its id only. */
async function isEarliest(event: AcsEvent, name: CallName): Promise<boolean> {
  if (event.time === null) return false;
  const [earliest] = await firstRows("timeline", { partitionKey: tableKey(timelineOf(name)), after: dated }, 1);
  return earliest === undefined || earliest.rowKey >= rowKeyOf(event);
}

function list({ time }: AcsEvent, name: CallName): Promise<void> {
  const at = Date.parse(time ?? "");
  const hash = createHash("sha256").update(name).digest("hex");
  const partitionKey = `calls:${new Date(at).toISOString().slice(0, 7)}`;
  return putRows([{ partitionKey, rowKey: `${newestFirst(at)}_${hash}`, name }]);
}
