import * as Type from "typebox";
import { defineEvent } from "../defineEvent.ts";
import { call, recording } from "../entities.ts";
import { amount, list, members, text, time } from "../fields.ts";
import { recordingNames } from "./recordingNames.ts";

export const recordingFileStatusUpdated = defineEvent("Microsoft.Communication.RecordingFileStatusUpdated", {
  description:
    "A recording, or a part of it, can be fetched; the service keeps it for 24 hours (48 in older documents).",
  data: Type.Object({
    recordingStorageInfo: Type.Object(
      {
        recordingChunks: list(
          "The files of the recording",
          members("One file", {
            documentId: text("The file in the recording storage", "0-eus-d12-801b3f3fc462fe8a01e6810cbff729b8"),
            index: amount("Its place in the whole recording, from 0"),
            endReason: text("Why it ended: SessionEnded, ChunkMaximumSizeExceeded, …"),
            metadataLocation: text("URL of its metadata; absent in 2021-04"),
            contentLocation: text("URL of its content; absent in 2021-04"),
            deleteLocation: text("URL that deletes it; since 2022-01"),
          }),
        ),
      },
      { description: "Where the files are" },
    ),
    recordingStartTime: time("When the recording began"),
    recordingDurationMs: amount("Length in milliseconds"),
    recordingContentType: text("AudioVideo or Audio; since 2022-01"),
    recordingChannelType: text("Mixed or Unmixed; since 2022-01"),
    recordingFormatType: text("Wav, Mp3 or Mp4; since 2022-01"),
    sessionEndReason: text("CallEnded, InitiatorLeft, …"),
    storageType: text("ACS, or AzureBlob with storage of one's own"),
    recordingId: text("The recording; often in the subject only"),
    callId: text("The call id; from the subject"),
    serverCallId: text("The call; from the subject"),
  }),
  key: ["recordingStorageInfo"],
  usual: ["recordingStartTime"],
  complete: recordingNames,
  entities: ({ data }) => [recording(data.recordingId), call(data.serverCallId)],
  summary: ({ data }) => ({ chunks: data.recordingStorageInfo.recordingChunks.length }),
});
