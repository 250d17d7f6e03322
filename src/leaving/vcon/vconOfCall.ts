import type { CallRecord } from "../../calls/record/readCall.ts";
import { defined } from "../../events/defined.ts";
import type { ChunkMetadata } from "../../recordings/manifest/describeMetadata.ts";
import type { Manifest } from "../../recordings/manifest/manifest.ts";
import { callOf } from "../records/callRecord.ts";
import type { Recording } from "../schemas/recording.ts";
import { mediaTypeOf } from "./mediaTypeOf.ts";
import { type OpenVcon, openVcon } from "./openVcon.ts";
import type { Dialog } from "./vcon.ts";
import { vconDate } from "./vconDate.ts";

/** A recording as the ledger has it, and as it was exported with its files. */
export interface Exported {
  manifest: Manifest;
  record: Recording;
}

interface CallOf {
  root: string;
  host: string;
  /** `call:{id}` or, when nothing names its call, `recording:{id}`. */
  conversation: string;
  folded: CallRecord | undefined;
  recordings: readonly Exported[];
  /** The address of a file of the export, or of its blob; undefined when it has none. */
  urlOf(path: string): string | undefined;
}

/** A call with its recordings; or a recording alone. */
export async function vconOfCall({ root, host, conversation, folded, recordings, urlOf }: CallOf) {
  const vcon = await openVcon({ root, host, folder: "calls", conversation });
  const parties = partiesOf(folded, recordings, vcon);
  const chunks = recordings.flatMap((recording) =>
    recording.record.chunks.map((chunk, place) => ({ ...recording, chunk, place })),
  );
  const recordedAt = recordings.map(({ record }) => record.startedAt).find((time) => time !== undefined);
  const whole = {
    ...defined({
      start: vconDate(folded?.startedAt ?? folded?.incoming[0]?.time ?? folded?.events[0]?.time ?? recordedAt),
      duration: folded?.duration.reportedInSeconds ?? folded?.duration.computedInSeconds,
      party_history: historyOf(folded, vcon),
    }),
    application: "call",
  };
  const connected = folded === undefined || folded.events.some(({ type }) => type !== "IncomingCall");
  if (chunks.length > 0) {
    const members = chunks.map((_, place) => place + 1);
    await vcon.dialog({ ...whole, type: "recording-set", parties, recordings: members });
  } else if (connected) await vcon.dialog({ ...whole, type: "recording", parties });
  else await vcon.dialog({ ...whole, type: "incomplete", parties, disposition: "failed" });
  for (const { chunk, manifest, place } of chunks) {
    const details: Partial<ChunkMetadata> = manifest.chunks[place] ?? {};
    const { content, startTime, durationMs } = chunk;
    const url = content && urlOf(content.path);
    const recorded: Dialog = {
      type: "recording",
      ...defined({
        start: vconDate(startTime ?? manifest.recordingStartTime),
        duration: durationMs === undefined ? undefined : durationMs / 1000,
        mediatype: mediaTypeOf(chunk.contentType, details.recordingContentType ?? manifest.contentType),
        filename: content?.path,
        content_hash: content && `sha512-${content.sha512}`,
        url,
      }),
      parties: channelsOf(details, vcon) ?? parties,
      ...{ recording_set: 0, application: "call" },
    };
    await vcon.dialog(recorded);
  }
  const [, id = ""] = /^[a-z]+:(.*)$/s.exec(conversation) ?? [];
  if (folded) vcon.attach("Call record, folded from the events of Azure Communication Services", callOf(id, folded));
  else vcon.attach("Recording", recordings[0]?.record);
  return vcon.close();
}

/** All who are known to have taken part; whoever began the call is first (draft 4.3.4). */
function partiesOf(folded: CallRecord | undefined, recordings: readonly Exported[], vcon: OpenVcon): number[] {
  const found = new Set<number>();
  const add = (rawId: string | undefined, name?: string) => {
    if (rawId !== undefined) found.add(vcon.party(rawId, name));
  };
  for (const { from, callerDisplayName } of folded?.incoming ?? []) add(from?.rawId, callerDisplayName);
  add(folded?.startedBy?.rawId);
  for (const { to } of folded?.incoming ?? []) add(to?.rawId);
  for (const { rawId, displayName } of folded?.participants ?? []) add(rawId, displayName);
  for (const { manifest } of recordings) for (const { participantId } of manifest.participants) add(participantId);
  return [...found];
}

function historyOf(folded: CallRecord | undefined, vcon: OpenVcon): Dialog["party_history"] {
  const history: NonNullable<Dialog["party_history"]> = [];
  for (const { rawId, displayName, joinedAt, leftAt } of folded?.participants ?? []) {
    const party = vcon.party(rawId, displayName);
    const [joined, left] = [vconDate(joinedAt), vconDate(leftAt)];
    if (joined) history.push({ party, time: joined, event: "join" });
    if (left) history.push({ party, time: left, event: "drop" });
  }
  return history.length > 0 ? history.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)) : undefined;
}

/** Who is on which channel of a recording with a channel for each; null is a channel without anybody (draft 4.3.4). */
function channelsOf({ participants = [], recordingChannelType, audio }: Partial<ChunkMetadata>, vcon: OpenVcon) {
  const apart = participants.filter(({ channel }) => channel !== undefined && channel >= 0 && channel < 64);
  if (recordingChannelType?.toLowerCase() !== "unmixed" || apart.length === 0) return undefined;
  const count = Math.min(64, Math.max(audio?.channels ?? 0, ...apart.map(({ channel = 0 }) => channel + 1)));
  return Array.from({ length: count }, (_, at) => {
    const on = apart.filter(({ channel }) => channel === at).map(({ participantId }) => vcon.party(participantId));
    return on.length > 1 ? on : (on[0] ?? null);
  });
}
