// `GET /api/calls/{serverCallId}`: all that is known of a call, by any of its ids.
import { AcsEventsError } from "../../events/errors.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { type CallName, idsOf, namesOfId } from "./callName.ts";
import type { CallRecordings } from "./callRecordings.ts";
import { decisionsOn } from "./decisionsOn.ts";
import { type FoundCall, findCall } from "./findCall.ts";
import { foldCall } from "./foldCall.ts";
import { principalOf } from "./principalOf.ts";
import { readEvents } from "./readEvents.ts";

/** @param recordings what there is of recordings */
export function showCall(recordings: CallRecordings) {
  return httpHandler(async ({ params }) => {
    // The real host leaves an encoded slash as it is, unlike all else.
    const id = (params.serverCallId ?? "").replace(/%2f/gi, "/");
    const found = await findById(id, recordings);
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
    const jsonBody = { ...idsIn(found), ...foldCall(events, around, Date.now()) };
    return { headers: { "cache-control": "no-store" }, jsonBody };
  });
}

async function findById(id: string, recordings: CallRecordings): Promise<FoundCall> {
  for (const name of namesOfId(id)) {
    const found = await findCall(name, recordings);
    if (found) return found;
  }
  const message =
    "Nothing is known of a call with this id. GET /api/calls lists the calls; give an id percent-encoded.";
  throw new AcsEventsError("ACS_EVENTS_UNKNOWN_CALL", message, { status: 404, target: "serverCallId" });
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
