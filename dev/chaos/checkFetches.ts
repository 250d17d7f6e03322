// Whether a chunk was fetched as it must be: nothing again of which storage has the block.
//
//   look at the block list ──► ask ACS from there ──► stage, stage, stage ──► commit
//
// A block counts from the answer of storage on, also when the app never heard it: it can look. Only what was being staged while it
// looked it cannot know of; such blocks are those of a process that died.
import { blockSize } from "../../src/recordings/archiving/blocksOf.ts";
import type { BlobRequest, Troubles } from "./startTroubles.ts";

/** What ACS was asked for of one chunk. */
export interface Asked {
  documentId: string;
  asked: string[];
  askedAt: number[];
}

interface Staged extends BlobRequest {
  block: number;
}

/** How long a process may still be heard that was killed, in milliseconds. */
const lastBreath = 100;

/**
 * What of a chunk was fetched that storage had.
 * @param bytes length of the chunk
 */
export function checkFetches({ documentId, asked, askedAt }: Asked, bytes: number, troubles: Troubles): string[] {
  const requests = troubles.blobs.filter(({ path }) => path.endsWith(`-${documentId}.mp4`));
  const ok = requests.filter(({ method, status }) => method === "PUT" && status === 201);
  const staged = ok.flatMap((request): Staged[] => {
    const query = new URLSearchParams(request.query);
    if (query.get("comp") !== "block") return [];
    return [{ ...request, block: Number(Buffer.from(query.get("blockid") ?? "", "base64").toString()) }];
  });
  const commits = ok.filter(({ query }) => new URLSearchParams(query).get("comp") === "blocklist");
  const looks = requests.filter(({ method, query }) => method === "GET" && query.includes("comp=blocklist"));
  const heads = requests.filter(({ method }) => method === "HEAD");

  const wrong = asked.flatMap((range, number) => {
    const at = askedAt[number] ?? 0;
    const looked = lastStart(looks, at);
    const known = staged.filter((one) => one.answeredAt < at && !(one.startedAt < looked && looked < one.answeredAt));
    const from = Number(/\d+/.exec(range)?.[0] ?? 0);
    const end = prefixOf(known, bytes);
    if (commits.some(({ answeredAt }) => answeredAt < lastStart(heads, at))) {
      return [`${documentId}: asked for ${range} when all of it was committed`];
    }
    return from < end ? [`${documentId}: asked for ${range} when ${end} bytes were staged`] : [];
  });
  const again = staged.filter((second) =>
    staged.some(
      (first) => first.block === second.block && first.answeredAt < second.startedAt && counts(first, troubles),
    ),
  );
  return [...wrong, ...again.map(({ block }) => `${documentId}: block ${block} was staged again`)];
}

/** Where the blocks end that follow each other from the first on, in bytes. */
function prefixOf(known: Staged[], bytes: number): number {
  const blocks = new Set(known.map(({ block }) => block));
  let count = 0;
  while (blocks.has(count)) count++;
  return Math.min(count * blockSize, bytes);
}

function lastStart(requests: BlobRequest[], before: number): number {
  return Math.max(0, ...requests.map(({ startedAt }) => startedAt).filter((at) => at < before));
}

/** Whether somebody lives who heard that a block was staged. */
function counts({ heard, startedAt, answeredAt }: Staged, { kills }: Troubles): boolean {
  return heard && !kills.some((at) => startedAt < at && at < answeredAt + lastBreath);
}
