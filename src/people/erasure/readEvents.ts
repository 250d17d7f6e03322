import { isNoMore } from "../../calls/isNoMore.ts";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { readArchived } from "../../storage/archive.ts";
import { storageErrorCode } from "../../storage/onDemand.ts";
import { readEvent } from "./work.ts";

/**
 * The events of blobs that are there and were not erased; some dozens at once.
 * @param unread told when there is one that cannot be read, archived away by a lifecycle rule
 */
export async function readEvents(blobs: readonly string[], unread = () => {}): Promise<AcsEvent[]> {
  const one = async (blob: string) => {
    try {
      return readEvent(await readArchived(blob), blob);
    } catch (error) {
      if (!isNoMore(error)) throw error;
      if (storageErrorCode(error) === "BlobArchived") unread();
      return undefined;
    }
  };
  return (await Promise.all(blobs.map(one))).filter((event) => event !== undefined);
}
