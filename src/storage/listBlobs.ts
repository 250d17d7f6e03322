// Lists of blobs, page by page: each call has a time of its own, so that all of them may take as long as their reader does.
import { type ContainerName, container } from "./blobs.ts";
import { httpStatus, inTime } from "./onDemand.ts";

/** The names of the blobs under a prefix in the order of names, in pages; none when the container is not there. */
export async function* listBlobs(containerName: ContainerName, prefix: string, maxPageSize = 500) {
  const client = await container(containerName);
  yield* pages(async (continuationToken) => {
    const { value } = await client
      .listBlobsFlat({ prefix, abortSignal: inTime() })
      .byPage({ maxPageSize, ...(continuationToken && { continuationToken }) })
      .next();
    return { names: namesIn(value?.segment.blobItems), next: value?.continuationToken };
  });
}

/** What is in a folder (`""` or a prefix that ends with a slash): names of folders, which end with a slash, and of blobs. */
export async function* listFolder(containerName: ContainerName, folder: string): AsyncGenerator<string> {
  const client = await container(containerName);
  const found = pages(async (continuationToken) => {
    const options = { abortSignal: inTime(), ...(folder && { prefix: folder }) };
    const { value } = await client
      .listBlobsByHierarchy("/", options)
      .byPage(continuationToken ? { continuationToken } : {})
      .next();
    const { blobPrefixes, blobItems } = value?.segment ?? {};
    return { names: [...namesIn(blobPrefixes), ...namesIn(blobItems)], next: value?.continuationToken };
  });
  for await (const names of found) yield* names;
}

const namesIn = (items: readonly { name: string }[] = []) => items.map(({ name }) => name);

async function* pages(
  read: (continuationToken: string | undefined) => Promise<{ names: string[]; next: string | undefined }>,
): AsyncGenerator<string[]> {
  let continuationToken: string | undefined;
  try {
    do {
      const { names, next } = await read(continuationToken);
      yield names;
      continuationToken = next;
    } while (continuationToken);
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
  }
}
