import { container } from "../storage/blobs.ts";
import { httpStatus } from "../storage/onDemand.ts";
import { seqOf } from "./head.ts";

/** The numbers of the seals whose heads are there, in order; what else stands beside them comes as its name. */
export async function* listHeads(): AsyncGenerator<{ seq: number } | { stray: string }> {
  const seals = await container("seals");
  try {
    for await (const item of seals.listBlobsByHierarchy("/")) {
      if (item.kind === "prefix") continue;
      const seq = seqOf(item.name);
      yield seq === undefined ? { stray: item.name } : { seq };
    }
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
  }
}
