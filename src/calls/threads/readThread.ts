import { foldThread, type Thread } from "./foldThread.ts";
import type { ChangeFragment } from "./fragment.ts";
import { placeOf } from "./inOrder.ts";
import { type Found, readFragments } from "./readFragments.ts";
import { transcriptOf } from "./rows.ts";

/** Rows of changes that one call reads; a thread has 250 participants at most. */
const maxChanges = 2_000;

/** Topic, participants, begin and end of a thread, of its newest changes. */
export async function readThread(threadId: string): Promise<Thread> {
  const range = { partitionKey: transcriptOf(threadId), after: "c_", before: "c_a" };
  const { fragments, cut }: Found<ChangeFragment> = await readFragments(range, maxChanges);
  const thread = foldThread(fragments);
  if (!cut) return thread;
  const since = placeOf(fragments);
  const why = `There is more than is read for one answer: changes before ${since} are in value only.`;
  return { ...thread, partial: [...(thread.partial ?? []), why] };
}
