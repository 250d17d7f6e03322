import { defined } from "../../events/defined.ts";
import { validateRecordingMetadata } from "../generated/validateRecordingMetadata.js";

/** What a chunk's metadata file says, in one form for all years; absent what it does not say. */
export interface ChunkMetadata {
  startTime?: string;
  durationMs?: number;
  /** "mp4", "mp3", "wav". */
  format?: string;
  /** "audio" or "audioVideo"; "mixed" or "unmixed". */
  recordingContentType?: string;
  recordingChannelType?: string;
  /** Hz, bit/s, count. */
  audio?: { sampleRate?: number; bitRate?: number; channels?: number };
  /** Pixels, frames/s, bit/s. */
  video?: { width?: number; height?: number; frameRate?: number; bitRate?: number };
  participants?: { participantId: string; channel?: number }[];
  /** Milliseconds. */
  pauses?: { startTime: string; duration: number }[];
  /** JSON pointers to what has an unexpected form; it is in the file and not in here. */
  metadataWarnings?: string[];
}

/** Reads a metadata file, tolerantly: a member of an unexpected form costs that member and nothing else. */
export function describeMetadata(file: object): ChunkMetadata {
  const value: unknown = structuredClone(file);
  const warnings: string[] = [];
  while (!validateRecordingMetadata(value)) {
    const [first] = validateRecordingMetadata.errors ?? [];
    if (!first || !remove(value, first.instancePath)) return { metadataWarnings: [""] };
    warnings.push(first.instancePath);
  }
  const { recordingInfo: info = {}, participants, pauseResumeIntervals: pauses } = value;
  const { audioConfiguration: audio, videoConfiguration: video } = info;
  const types = [info.contentType, info.channelType];
  return defined({
    startTime: value.chunkStartTime,
    durationMs: amount(value.chunkDuration),
    format: info.format?.toLowerCase(),
    recordingContentType: types.find((type) => /^audio(video)?$/i.test(type ?? "")),
    recordingChannelType: types.find((type) => /^(un)?mixed$/i.test(type ?? "")),
    audio: audio && {
      ...defined({
        sampleRate: amount(audio.sampleRate),
        bitRate: amount(audio.bitRate),
        channels: amount(audio.channels),
      }),
    },
    video: video && {
      ...defined({
        width: amount(video.longerSideLength),
        height: amount(video.shorterSideLength),
        frameRate: amount(video.framerate),
        bitRate: amount(video.bitRate),
      }),
    },
    participants: participants?.map(({ participantId, channel }) =>
      defined({ participantId, channel: amount(channel) }),
    ),
    pauses: pauses?.map(({ startTime, duration }) => ({ startTime, duration: Number(duration) })),
    metadataWarnings: warnings.length > 0 ? warnings.slice(0, 20) : undefined,
  });
}

function amount(value: number | string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** Takes out what a JSON pointer points to; false for the whole value. */
function remove(value: unknown, pointer: string): boolean {
  const path = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = path.pop();
  let parent = value;
  for (const step of path) parent = (parent as Record<string, unknown>)[step];
  if (last === undefined || typeof parent !== "object" || parent === null) return false;
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete (parent as Record<string, unknown>)[last];
  return true;
}
