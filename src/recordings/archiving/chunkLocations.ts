interface Chunk {
  contentLocation?: string | undefined;
  metadataLocation?: string | undefined;
}

/**
 * Where a chunk's content and metadata are. Events of 2021-04 have no locations: the chunk is then fetched by its documentId
 * at the ACS endpoint, as the founding document on call recording describes.
 */
export function chunkLocations(documentId: string, chunk: Chunk) {
  const { contentLocation, metadataLocation } = chunk;
  const byId = `/recording/download/${encodeURIComponent(documentId.toWellFormed())}`;
  return { content: contentLocation || byId, metadata: metadataLocation || `${byId}/metadata` };
}
