import { isNoMore } from "../../calls/isNoMore.ts";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { readArchived } from "../../storage/archive.ts";
import { readEvent } from "./work.ts";

/** The events of blobs that are there and were not erased. */
export async function readEvents(blobs: readonly string[]): Promise<AcsEvent[]> {
  const one = async (blob: string) => {
    try {
      return readEvent(await readArchived(blob), blob);
    } catch (error) {
      if (isNoMore(error)) return undefined;
      throw error;
    }
  };
  return (await Promise.all(blobs.map(one))).filter((event) => event !== undefined);
}
