import { type ContainerName, container } from "./blobs.ts";
import { httpStatus, inTime } from "./onDemand.ts";

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
  for (;;) {
    try {
      const { etag = "", metadata = {}, createdOn } = await blob.getProperties({ abortSignal: inTime() });
      const conditions = { ifMatch: etag };
      const content = await blob.downloadToBuffer(0, undefined, { conditions, abortSignal: inTime() });
      const storedAt = metadata.storedat ? new Date(metadata.storedat) : (createdOn ?? new Date());
      return { content, etag, metadata, storedAt };
    } catch (error) {
      if (httpStatus(error) === 404) return undefined;
      if (httpStatus(error) !== 412) throw error;
    }
  }
}
