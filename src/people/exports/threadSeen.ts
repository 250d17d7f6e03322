import type { Item } from "../../calls/threads/foldItem.ts";
import type { Thread } from "../../calls/threads/foldThread.ts";
import { type Entity, person } from "../../events/entities.ts";

/**
 * Until when somebody could see a thread: when they left it for good. Undefined for one who is there still, or of whom it is not known that
 * they ever left.
 */
export function seenUntil({ participants }: Thread, entities: readonly Entity[]): string | undefined {
  const stays = participants.filter(({ id }) => {
    const entity = person(id);
    return entity !== undefined && entities.includes(entity);
  });
  const ends = stays.map(({ until }) => until);
  return ends.every((end) => end !== undefined) ? ends.sort().at(-1) : undefined;
}

/** A thread as it was at a time: what came later is left out. */
export function threadUntil(thread: Thread, until: string): Thread {
  const { topics, participants, topic: _, deletedAt, deletedBy, reason, ...rest } = thread;
  const before = <T>(things: readonly T[], at: (thing: T) => string | undefined) =>
    things.filter((thing) => (at(thing) ?? "") <= until);
  const known = before(topics, ({ at }) => at);
  const topic = known.at(-1)?.topic;
  return {
    ...rest,
    ...(topic !== undefined && { topic }),
    topics: known,
    participants: before(participants, ({ from }) => from).map(({ until: end, removedBy, ...stay }) => ({
      ...stay,
      ...(end !== undefined && end <= until && { until: end, ...(removedBy !== undefined && { removedBy }) }),
    })),
    ...(deletedAt !== undefined &&
      deletedAt <= until && { deletedAt, ...(deletedBy && { deletedBy }), ...(reason && { reason }) }),
  };
}

/** An item as it was at a time: without later edits and a later deletion; undefined for one that came later. */
export function itemUntil(item: Item, until: string): Item | undefined {
  if ((item.at ?? "") > until) return undefined;
  if (item.kind !== "message") return item;
  const { deleted, deletedAt, versions, text, metadata, ...message } = item;
  const isLater = (at: string | undefined) => (at ?? "") > until;
  const seen = versions?.filter(({ at }) => !isLater(at));
  const last = seen?.findLast((version) => version.text !== undefined) ?? (versions ? {} : { text, metadata });
  return {
    ...message,
    ...(last.text !== undefined && { text: last.text }),
    ...(last.metadata && { metadata: last.metadata }),
    ...(seen && seen.length > 0 && { versions: seen }),
    ...(deleted && !isLater(deletedAt) && { deleted, ...(deletedAt !== undefined && { deletedAt }) }),
  };
}
