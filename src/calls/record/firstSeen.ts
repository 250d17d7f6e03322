import type { CallName } from "../../events/callName.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { type List, seenAt, seenOf } from "./rows.ts";

export interface FirstSeen {
  name: CallName;
  /** ISO 8601, in milliseconds. */
  at: string;
}

/** Where a call stands in a list: under which of its names, and at which time; undefined when it is not in the list. */
export async function firstSeen(list: List, names: readonly CallName[]): Promise<FirstSeen | undefined> {
  const seen = await Promise.all(
    names.map(async (name) => {
      const [row] = await firstRows("timeline", seenOf(name, list), 1);
      return row && { name, at: seenAt(row.rowKey) };
    }),
  );
  return seen.filter((one) => one !== undefined).reduce<FirstSeen | undefined>(earlier, undefined);
}

function earlier(known: FirstSeen | undefined, other: FirstSeen): FirstSeen {
  if (known === undefined || other.at < known.at) return other;
  return other.at === known.at && other.name < known.name ? other : known;
}
