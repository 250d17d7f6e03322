import { type CallName, idsOf, namesOfId } from "../../events/callName.ts";
import type { CallRecordings } from "./callRecordings.ts";
import { decisionsOn } from "./decisionsOn.ts";
import { type FoundCall, findCall } from "./findCall.ts";
import { type FoldedCall, foldCall } from "./foldCall.ts";
import { principalOf } from "./principalOf.ts";
import { readEvents } from "./readEvents.ts";

export interface CallRecord extends FoldedCall {
  serverCallId?: string;
  correlationId?: string;
  ids: Record<string, string[]>;
}

/**
 * All that is known of a call; undefined when nothing is.
 * @param id any of its ids; `recordings` what there is of recordings; `now` milliseconds since 1970
 */
export async function readCall(
  id: string,
  recordings: CallRecordings,
  now = Date.now(),
): Promise<CallRecord | undefined> {
  const found = await findById(id, recordings);
  if (!found) return undefined;
  const [{ events, unreadable }, shown] = await Promise.all([
    readEvents(found.rows),
    Promise.all(found.recordingIds.map((recordingId) => recordings.show(recordingId))),
  ]);
  const decisions = await decisionsOn(events);
  const known = shown.filter((recording) => recording !== undefined);
  const around = {
    serverCallIds: idsOf("serverCallId", found.names),
    recordings: known,
    decisions,
    cut: found.cut,
    unreadable,
  };
  return { ...idsIn(found), ...foldCall(events, around, now) };
}

async function findById(id: string, recordings: CallRecordings): Promise<FoundCall | undefined> {
  for (const name of namesOfId(id)) {
    const found = await findCall(name, recordings);
    if (found) return found;
  }
  return undefined;
}

/** The id that the earliest event names the call by, and all ids. */
function idsIn(found: FoundCall) {
  const principal: CallName[] = [principalOf(found)];
  const ids = {
    serverCallId: idsOf("serverCallId", found.names),
    correlationId: idsOf("callId", found.names),
    callConnectionId: idsOf("callConnectionId", found.names),
    callLegId: idsOf("callLegId", found.names),
  };
  const serverCallId = idsOf("serverCallId", principal)[0] ?? ids.serverCallId[0];
  const [correlationId] = ids.correlationId;
  return { ...(serverCallId && { serverCallId }), ...(correlationId && { correlationId }), ids };
}
