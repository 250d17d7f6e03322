/** Media types as a vCon should have them (draft 4.3.8), by ours. */
const known: Readonly<Record<string, string>> = {
  "audio/wav": "audio/x-wav",
  "audio/mpeg": "audio/x-mp3",
  "video/mp4": "video/x-mp4",
};

/** @param contentType of the file; `recorded` audio, audioVideo, as ACS spells it: sound alone comes as mp4, too */
export function mediaTypeOf(contentType: string | undefined, recorded: string | undefined): string | undefined {
  if (contentType === "video/mp4" && recorded?.toLowerCase() === "audio") return "audio/x-mp4";
  return contentType && (known[contentType] ?? contentType);
}
