/** The documentId of the chunk at a position of its event; where the event has none, the object's id in its location (`…/v1/objects/{documentId}/content/…`). */
export function documentIdOf(
  chunk: {
    documentId?: string | undefined;
    contentLocation?: string | undefined;
  },
  recordingId: string,
  position: number,
): string {
  const inLocation = /\/objects\/([^/?#]+)/.exec(chunk.contentLocation ?? "")?.[1];
  return chunk.documentId || inLocation || `unnamed-${recordingId}-${position}`;
}
