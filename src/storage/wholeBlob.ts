import { type ContainerName, container } from "./blobs.ts";
import { contentOf, reading } from "./contentOf.ts";
import { unlessMissing } from "./unlessMissing.ts";

export interface WholeBlob {
  content: Buffer;
  etag: string;
  metadata: Record<string, string>;
  /** When it was first written: replacing it made it a new blob. */
  storedAt: Date;
}

/** A small blob with what is beside it, all of one moment; undefined when it is not there. */
export async function readWhole(containerName: ContainerName, name: string): Promise<WholeBlob | undefined> {
  const blob = (await container(containerName)).getBlobClient(name);
  const answer = await unlessMissing(() => blob.download(0, undefined, reading()));
  if (!answer) return undefined;
  const { etag = "", metadata = {}, createdOn } = answer;
  const storedAt = metadata.storedat ? new Date(metadata.storedat) : (createdOn ?? new Date());
  return { content: await contentOf(answer), etag, metadata, storedAt };
}
