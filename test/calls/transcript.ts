import { foldItem, type Item } from "../../src/calls/threads/foldItem.ts";
import { foldThread } from "../../src/calls/threads/foldThread.ts";
import { type ChangeFragment, keyOf } from "../../src/calls/threads/fragment.ts";
import { fragmentOf } from "../../src/calls/threads/fragmentOf.ts";
import { accept } from "../../src/events/accept.ts";

/** The transcript of a thread's events, without storage. */
export function transcript(events: readonly unknown[]) {
  const fragments = events.flatMap((event) => fragmentOf(accept(event)) ?? []);
  const changes = fragments.filter((fragment): fragment is ChangeFragment => fragment.kind !== "message");
  const items: Item[] = [...Map.groupBy(fragments, keyOf).values()].map(foldItem);
  return { thread: foldThread(changes), items: items.toSorted((a, b) => ((a.at ?? "") < (b.at ?? "") ? -1 : 1)) };
}
