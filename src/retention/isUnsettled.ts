import { type AcsEvent, is } from "../events/acsEvent.ts";
import { recordingFileStatusUpdated } from "../events/recording/recordingFileStatusUpdated.ts";
import { smsReceived } from "../events/sms/smsReceived.ts";
import { chunkIdOf } from "../recordings/chunkIdOf.ts";
import { resolveRecording } from "../recordings/resolveRecording.ts";
import { documentKey, openKey } from "../recordings/rows.ts";
import { type OutboxRow, outboxKey, replyId } from "../sms/outbox/rows.ts";
import { textOf } from "../sms/textOf.ts";
import { read } from "../storage/ledger.ts";

/** Whether something is still to be done with an event: its answer waits to be sent, or its recording to be archived. */
export async function isUnsettled(event: AcsEvent): Promise<boolean> {
  if (is(smsReceived, event)) {
    const { to, from, messageId } = textOf(event);
    return (await read<OutboxRow>(outboxKey(to, from, replyId(to, from, messageId))))?.row.state === "placed";
  }
  if (!is(recordingFileStatusUpdated, event)) return false;
  const chunks = event.data.recordingStorageInfo.recordingChunks.length;
  const owner = chunks > 0 ? await read<{ recordingId: string }>(documentKey(chunkIdOf(event, 0))) : undefined;
  const recordingId = owner?.row.recordingId ?? (await resolveRecording(event.data.recordingId ?? ""));
  return (await read(openKey(recordingId))) !== undefined;
}
