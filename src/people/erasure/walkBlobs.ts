import { type ContainerName, container } from "../../storage/blobs.ts";
import { httpStatus } from "../../storage/onDemand.ts";
import { readWhole, type WholeBlob } from "../../storage/wholeBlob.ts";

/** Blobs that are read together; longer ones are no documents of the app. */
const pageSize = 32;
const longest = 32 * 1024 * 1024;

type NamedBlob = WholeBlob & { name: string };

/**
 * The small blobs of a container, whole.
 * @param cursor of the page to begin with; "" for the first
 * @param wanted whether a blob is read
 */
export async function* walkBlobs(
  name: ContainerName,
  cursor = "",
  wanted: (name: string) => boolean = () => true,
): AsyncGenerator<{ page: NamedBlob[]; next: string }> {
  const client = await container(name);
  const settings = { maxPageSize: pageSize, ...(cursor && { continuationToken: cursor }) };
  try {
    for await (const { segment, continuationToken = "" } of client.listBlobsFlat().byPage(settings)) {
      const names = segment.blobItems
        .filter((item) => wanted(item.name) && (item.properties.contentLength ?? 0) <= longest)
        .map((item) => item.name);
      const blobs = await Promise.all(names.map(async (each) => ({ name: each, whole: await readWhole(name, each) })));
      yield {
        page: blobs.flatMap(({ name: each, whole }) => (whole ? [{ name: each, ...whole }] : [])),
        next: continuationToken,
      };
    }
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
  }
}
