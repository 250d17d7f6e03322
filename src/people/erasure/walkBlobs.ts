import { type ContainerName, container } from "../../storage/blobs.ts";
import { httpStatus } from "../../storage/onDemand.ts";
import { readWhole, type WholeBlob } from "../../storage/wholeBlob.ts";

/** Blobs that are listed together. */
const pageSize = 32;

/** Bytes that are read together. */
const together = 32 * 1024 * 1024;

/** Longer ones are no documents of the app, and are not read. */
const longest = 32 * 1024 * 1024;

type NamedBlob = WholeBlob & { name: string };

/**
 * The small blobs of a container, whole.
 * @param cursor of the page to begin with; "" for the first
 * @param wanted whether a blob is read
 * @returns some of them at a time, the place from which to go on after them ("" within a page), and how many were too long to be read
 */
export async function* walkBlobs(
  name: ContainerName,
  cursor = "",
  wanted: (name: string) => boolean = () => true,
): AsyncGenerator<{ page: NamedBlob[]; next: string; unread: number }> {
  const client = await container(name);
  const settings = { maxPageSize: pageSize, ...(cursor && { continuationToken: cursor }) };
  try {
    for await (const { segment, continuationToken = "" } of client.listBlobsFlat().byPage(settings)) {
      const items = segment.blobItems
        .map((item) => ({ blob: item.name, length: item.properties.contentLength ?? 0 }))
        .filter(({ blob }) => wanted(blob));
      const short = items.filter(({ length }) => length <= longest);
      const groups = inGroups(short);
      for (const group of groups) yield { page: await readAll(name, group), next: "", unread: 0 };
      yield { page: [], next: continuationToken, unread: items.length - short.length };
    }
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
  }
}

function inGroups(items: readonly { blob: string; length: number }[]): string[][] {
  const groups: string[][] = [];
  let bytes = together;
  for (const { blob, length } of items) {
    if (bytes + length > together) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(blob);
    bytes += length;
  }
  return groups;
}

async function readAll(name: ContainerName, blobs: readonly string[]): Promise<NamedBlob[]> {
  const read = await Promise.all(blobs.map(async (blob) => ({ name: blob, whole: await readWhole(name, blob) })));
  return read.flatMap(({ name: blob, whole }) => (whole ? [{ name: blob, ...whole }] : []));
}
