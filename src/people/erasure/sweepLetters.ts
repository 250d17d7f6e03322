import { container } from "../../storage/blobs.ts";
import { deleteOldCopies } from "../../storage/oldCopies.ts";
import { inTime } from "../../storage/onDemand.ts";
import type { WholeBlob } from "../../storage/wholeBlob.ts";
import { lettersWithout } from "./lettersWithout.ts";
import { unlessChanged } from "./unlessChanged.ts";
import { count, type Work } from "./work.ts";

/**
 * Takes the person out of a blob of dead letters. What is left is still to come in; the tombstone on it says that its letters may be marked
 * (`formerIdentity`). @returns whether there was anything to do
 */
export async function sweepLetters(
  work: Work,
  { name, content, etag }: Pick<WholeBlob, "content" | "etag"> & { name: string },
): Promise<boolean> {
  const text = content.toString("utf8");
  if (!work.finder.finds(text)) return false;
  const left = await lettersWithout(work, text);
  if (left === text) return false;
  const client = await container("dead-letters");
  const blobHTTPHeaders = { blobContentType: "application/json" };
  const metadata = { tombstone: work.id };
  const options = { conditions: { ifMatch: etag }, metadata, blobHTTPHeaders, abortSignal: inTime() };
  const upload = client.getBlockBlobClient(name).upload(left, Buffer.byteLength(left), options);
  await unlessChanged(upload.then(({ versionId }) => deleteOldCopies(client, name, versionId)));
  count(work, "dead letters erased");
  return true;
}
