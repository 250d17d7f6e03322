// What a thread's changes say of it as a whole: its begin and end, its topics, who was in it.
import { defined } from "../../events/defined.ts";
import { type ChangeItem, foldChange } from "./foldChange.ts";
import { foldStays, type Stay } from "./foldStays.ts";
import { type ChangeFragment, keyOf } from "./fragment.ts";

export interface Thread {
  topic?: string;
  createdAt?: string;
  createdBy?: string;
  deletedAt?: string;
  deletedBy?: string;
  /** Why it was deleted. */
  reason?: string;
  /** In the order in which they came. */
  participants: Stay[];
  /** In order of time, the last is the topic now. */
  topics: { topic: string; at?: string; by?: string }[];
  /** Why this is not all. */
  partial?: string[];
}

/** @param fragments of the changes of a thread, in any order; fragments of messages are none */
export function foldThread(fragments: readonly ChangeFragment[]): Thread {
  const changes = inTime([...Map.groupBy(fragments, keyOf).values()].map(foldChange));
  const created = changes.find(({ kind }) => kind === "threadCreated");
  const deleted = changes.find(({ kind }) => kind === "threadDeleted");
  const topics = changes.flatMap(({ topic, at, by }) => (topic === undefined ? [] : [defined({ topic, at, by })]));
  return defined({
    topic: topics.at(-1)?.topic,
    createdAt: created?.at,
    createdBy: created?.by,
    deletedAt: deleted?.at,
    deletedBy: deleted?.by,
    reason: deleted?.reason,
    participants: foldStays(changes),
    topics,
    partial: created ? undefined : [noBegin],
  });
}

const noBegin = "No event of the thread's creation is here: participants and topic are known from later events only.";

/** What counts first of two changes of one time: nobody leaves a thread, or changes it, before it is there. */
const order: ChangeItem["kind"][] = [
  ...(["threadCreated", "participantAdded", "participantRemoved", "propertiesUpdated", "threadDeleted"] as const),
];

function inTime(changes: ChangeItem[]): ChangeItem[] {
  const rank = ({ at = "", kind, participant }: ChangeItem) =>
    `${at} ${order.indexOf(kind)} ${participant?.id ?? participant?.displayName ?? ""}`;
  return changes.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
