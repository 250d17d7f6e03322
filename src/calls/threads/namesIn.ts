// Who is who in a transcript for reading. Everybody chooses the name they write under, so a name stands alone only where it can be nobody
// else's, and nothing but a name.
import type { Item } from "./foldItem.ts";
import type { Thread } from "./foldThread.ts";
import type { Participant } from "./fragment.ts";

/** What could make a text look like another: control characters and line ends, and what turns the direction of writing. */
const misleading = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** What a name that stands alone is made of: nothing that the lines of a transcript are made of. */
const plain = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}.'’_@ -]*$/u;

/** The name of somebody; with their raw id where the name is not enough, or where that is wanted. */
export type NameOf = (who: Pick<Participant, "id" | "displayName">, withId?: boolean) => string;

/** The names of a page: as participants have them, else as they wrote under them. */
export function namesIn(thread: Thread, items: readonly Item[]): NameOf {
  const known = new Map<string, string>();
  const holders = new Map<string, Set<string | undefined>>();
  for (const { id, displayName } of [...thread.participants, ...items.flatMap(peopleOf)]) {
    if (displayName === undefined) continue;
    if (id !== undefined && !known.has(id)) known.set(id, displayName);
    holders.set(alike(displayName), (holders.get(alike(displayName)) ?? new Set()).add(id));
  }
  return ({ id, displayName = known.get(id ?? "") }, withId = false) => {
    if (displayName === undefined) return id === undefined ? "somebody" : line(id);
    const name = plain.test(displayName) ? displayName : quoted(displayName);
    const enough = name === displayName && holders.get(alike(displayName))?.size === 1;
    return id === undefined || (enough && !withId) ? name : `${name} (${line(id)})`;
  };
}

/** A text in one line. */
export function line(text: string): string {
  return text.replace(misleading, "\ufffd");
}

/** A text in one line, whose end can be seen. */
export function quoted(text: string): string {
  return JSON.stringify(line(text));
}

function peopleOf(item: Item): Participant[] {
  if (item.kind === "message") return [item.sender];
  return [...(item.participants ?? []), ...(item.participant ? [item.participant] : [])];
}

/** One text for names that look the same. */
function alike(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}
