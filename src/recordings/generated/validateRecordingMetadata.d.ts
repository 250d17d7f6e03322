import type { RecordingMetadata } from "../manifest/recordingMetadata.ts";

export declare const validateRecordingMetadata: {
  (value: unknown): value is RecordingMetadata;
  errors?: { instancePath: string; message?: string }[] | null;
};
