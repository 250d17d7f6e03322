import { nextDay } from "./nextDay.ts";

const day = 86_400_000;

export interface PlannedSlice {
  /** `2026-11-21`, or with the time of its begin. */
  folder: string;
  /** Milliseconds since 1970; `to` not included. The walk begins at `walkFrom`. */
  walkFrom: number;
  from: number;
  to: number;
  /** Those of which something may be in it. */
  kinds: string[];
  /** Nothing comes after it in this run. */
  last: boolean;
}

interface Planned {
  begin: number;
  /** Where the walk of the first slice begins. */
  walkFrom: number;
  until: number;
  kinds: readonly string[];
}

/** The days between two times that have anything, and the last. What has nothing of a kind is not walked. */
export async function* planSlices({ begin, until, kinds, ...first }: Planned) {
  const next = new Map<string, number>();
  let walkFrom = first.walkFrom;
  for (let from = begin; from < until; ) {
    const to = Math.min(from - (from % day) + day, until);
    const last = to === until;
    for (const kind of [...kinds, "late"]) {
      if ((next.get(kind) ?? -1) >= walkFrom - (walkFrom % day)) continue;
      next.set(kind, (await nextDay(kind, walkFrom)) ?? Number.POSITIVE_INFINITY);
    }
    const has = (kind: string) => (next.get(kind) ?? 0) < to;
    if (last || [...kinds, "late"].some(has)) {
      const slice: PlannedSlice = { folder: folderOf(from), walkFrom, from, to, kinds: kinds.filter(has), last };
      yield slice;
    }
    walkFrom = from = to;
  }
}

function folderOf(from: number): string {
  const text = new Date(from).toISOString();
  return from % day === 0 ? text.slice(0, 10) : text.replaceAll(":", "-");
}
