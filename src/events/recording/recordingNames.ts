import { parseSubject } from "../subject.ts";

interface Names {
  recordingId?: string;
  callId?: string;
  serverCallId?: string;
}

interface Recording extends Names {
  recordingStartTime?: string;
  recordingStorageInfo: { recordingChunks: readonly { documentId?: string }[] };
}

/**
 * The ids that stand only in the subject: "/recording/call/{callId}/serverCallId/{serverCallId}/recordingId/{id}" and
 * its shorter forms. A recording without an id is named by its call and start, else by its first chunk, else by the
 * event itself, so that it always has one name.
 */
export function recordingNames<D extends Recording>(event: { data: D; subject: string | null; identity: string }): D {
  const { data } = event;
  const named = parseSubject(event.subject);
  const callId = data.callId || named.call;
  const serverCallId = data.serverCallId || named.serverCallId;
  const recordingId = data.recordingId || named.recordingId || made(data, callId, event.identity);
  const names: Names = { recordingId, ...(callId && { callId }), ...(serverCallId && { serverCallId }) };
  return { ...data, ...names };
}

function made(data: Recording, callId: string | undefined, identity: string): string {
  const document = data.recordingStorageInfo.recordingChunks[0]?.documentId;
  if (!callId) return document ? `document-${document}` : `event-${identity}`;
  return `call-${callId}-${data.recordingStartTime || document || identity}`;
}
