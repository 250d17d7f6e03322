/** A chunk's documentId; where the event has none, the object's id in its location (`…/v1/objects/{documentId}/content/…`). */
export function documentIdOf(chunk: {
  documentId?: string | undefined;
  contentLocation?: string | undefined;
  index?: number | undefined;
}): string {
  const inLocation = /\/objects\/([^/?#]+)/.exec(chunk.contentLocation ?? "")?.[1];
  return chunk.documentId || inLocation || `unnamed-${chunk.index ?? 0}`;
}
