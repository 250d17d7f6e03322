import { container } from "../storage/blobs.ts";
import { httpStatus, inTime } from "../storage/onDemand.ts";
import { folderOf } from "./head.ts";
import { readHead } from "./readHead.ts";

/** Takes away what attempts that came to nothing left of a seal: all that its head does not name. Without a head nothing is taken. */
export async function clearFolder(seq: number): Promise<void> {
  const stored = await readHead(seq);
  if (!stored?.head) return;
  const named = new Set(stored.head.parts.map(({ name }) => name));
  const seals = await container("seals");
  for await (const { name } of seals.listBlobsFlat({ prefix: `${folderOf(seq)}/` })) {
    if (named.has(name)) continue;
    await seals.deleteBlob(name, { abortSignal: inTime() }).catch((error: unknown) => {
      if (httpStatus(error) !== 404) throw error;
    });
  }
}
