/** What a recording can be, by its format in metadata and event. https://learn.microsoft.com/azure/communication-services/concepts/voice-video-calling/call-recording */
const mediaTypes = { mp4: "video/mp4", mp3: "audio/mpeg", wav: "audio/wav" } as const;

export interface MediaType {
  /** Ending of the file's name. */
  extension: keyof typeof mediaTypes | "bin";
  contentType: string;
}

/**
 * The format that a location speaks of: `…/content/video` is mp4. Events without locations are of 2021-04, when all was mp4 (the
 * founding document on call recording).
 */
export function formatAt(contentLocation: string | undefined): "mp4" | undefined {
  return !contentLocation || /\/content\/video$/.test(contentLocation) ? "mp4" : undefined;
}

/** What the first known of the given format names stands for; letter case is ignored. Nothing is assumed where none is known. */
export function mediaTypeOf(...formats: (string | undefined)[]): MediaType {
  for (const name of formats) {
    const extension = name?.toLowerCase() as keyof typeof mediaTypes | undefined;
    if (extension && Object.hasOwn(mediaTypes, extension)) return { extension, contentType: mediaTypes[extension] };
  }
  return { extension: "bin", contentType: "application/octet-stream" };
}
