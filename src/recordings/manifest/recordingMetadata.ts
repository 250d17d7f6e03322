// The metadata file of a chunk (`acsmetadata`), as far as it is read. No specification says what is required, so nothing is; other
// members are kept with the file. https://learn.microsoft.com/azure/communication-services/concepts/voice-video-calling/call-recording
import type { Static, TProperties } from "typebox";
import * as Type from "typebox";

/** Numbers come as text too: sampleRate is "16000" in the file of 2021-04. */
const number = Type.Union([Type.Number(), Type.String({ pattern: "^\\d+(\\.\\d+)?$" })]);
const part = <P extends TProperties>(properties: P) => Type.Partial(Type.Object(properties));

export const recordingMetadata = part({
  chunkStartTime: Type.String(),
  /** Milliseconds; a float in real files. */
  chunkDuration: number,
  pauseResumeIntervals: Type.Array(Type.Object({ startTime: Type.String(), duration: number })),
  recordingInfo: part({
    // The two are swapped in the files of 2021.
    contentType: Type.String(),
    channelType: Type.String(),
    format: Type.String(),
    audioConfiguration: part({ sampleRate: number, bitRate: number, channels: number }),
    videoConfiguration: part({
      longerSideLength: number,
      shorterSideLength: number,
      framerate: number,
      bitRate: number,
    }),
  }),
  participants: Type.Array(Type.Object({ participantId: Type.String(), channel: Type.Optional(number) })),
});

export type RecordingMetadata = Static<typeof recordingMetadata>;
