// One message of all that events said of it: what it read at first, what it was edited to, that it was deleted. What was said is
// shown, whatever became of it.
import { canonicalJson } from "../../events/canonicalJson.ts";
import { defined } from "../../events/defined.ts";
import type { JsonObject } from "../../events/json.ts";
import type { MessageFragment, Participant } from "./fragment.ts";
import { firstSaid, inOrder, placeOf, shownTime } from "./inOrder.ts";
import { undated } from "./stamp.ts";

export interface Version {
  at?: string;
  text?: string;
  metadata?: JsonObject;
  /** As it was first sent. */
  original?: true;
}

export interface MessageItem extends Omit<Version, "original"> {
  kind: "message";
  messageId: string;
  sender: Participant;
  type?: string;
  /** All that it read, in order; absent while that is the original alone. */
  versions?: Version[];
  deleted?: true;
  deletedAt?: string;
  /** A command for a bot. */
  botCommand?: true;
  /** What no event has told: the original text, or any. */
  missing?: "original" | "text";
}

/** @param found what events said of one message; not empty */
export function foldMessage(found: readonly MessageFragment[]): MessageItem {
  const fragments = inOrder(found, ({ at }) => at);
  const versions = versionsOf(fragments.filter(({ event }) => event !== "deleted"));
  const last = versions.findLast(({ text }) => text !== undefined);
  const original = versions.some((version) => version.original);
  const deletions = fragments.filter(({ event }) => event === "deleted");
  const deleted = deletions.find(({ at }) => at !== undated) ?? deletions[0];
  return defined({
    kind: "message" as const,
    at: shownTime(placeOf(fragments)),
    messageId: fragments[0]?.messageId ?? "",
    sender: defined({
      id: firstSaid(fragments, ({ sender }) => sender.id),
      displayName: firstSaid(fragments, ({ sender }) => sender.displayName),
    }),
    type: firstSaid(fragments, ({ type }) => type),
    text: last?.text,
    metadata: last?.metadata,
    versions: versions.length > 1 || (versions.length === 1 && !original) ? versions : undefined,
    deleted: deleted && (true as const),
    deletedAt: deleted && shownTime(deleted.at),
    botCommand: firstSaid(fragments, ({ botCommand }) => botCommand),
    missing: last === undefined ? ("text" as const) : original ? undefined : ("original" as const),
  });
}

function versionsOf(fragments: readonly MessageFragment[]): Version[] {
  // An original without a time was first all the same, and an edit without one came after it: nobody knows more of it.
  const rank = ({ at, event }: MessageFragment) => (at === undated && event === "edited" ? "9" : at);
  const ordered = fragments.toSorted((a, b) => {
    if (rank(a) !== rank(b)) return rank(a) < rank(b) ? -1 : 1;
    return (a.version ?? 0) - (b.version ?? 0);
  });
  const said = ordered.map(({ at, text, metadata, event }) => ({
    at: shownTime(at),
    text,
    metadata,
    original: event === "received" ? (true as const) : undefined,
  }));
  // A copy that says less than another one of the same time is that one.
  const whole = said.filter((one, index) => !said.some((other, at) => covers(other, one, at < index)));
  return whole.map(defined);
}

function covers(other: Loose, one: Loose, before: boolean): boolean {
  if (other.at !== one.at) return false;
  const names = ["text", "metadata", "original"] as const;
  const says = names.every((name) => one[name] === undefined || same(one[name], other[name]));
  const saysMore = names.some((name) => one[name] === undefined && other[name] !== undefined);
  return says && (saysMore || before);
}

type Loose = { [K in keyof Version]: Version[K] | undefined };

const same = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);
