/** What a recording can be, by its format in metadata and event. https://learn.microsoft.com/azure/communication-services/concepts/voice-video-calling/call-recording */
const mediaTypes = { mp4: "video/mp4", mp3: "audio/mpeg", wav: "audio/wav" } as const;

export type Format = keyof typeof mediaTypes;

/** The format that the first of the given names stands for; letter case is ignored. Unmixed audio is always wav, so mp4 is the default. */
export function formatOf(...names: (string | undefined)[]): Format {
  const known = names
    .map((name) => name?.toLowerCase())
    .find((name) => name !== undefined && Object.hasOwn(mediaTypes, name));
  return (known as Format | undefined) ?? "mp4";
}

/** The media type of a format, e.g. `video/mp4`. */
export function mediaTypeOf(format: Format): string {
  return mediaTypes[format];
}
