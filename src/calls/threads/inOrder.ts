// What the folds share. None of it depends on the order in which events came, or on how often.
import { canonicalJson } from "../../events/canonicalJson.ts";
import { undated } from "./stamp.ts";

/** Distinct values in an order that depends on nothing but them: by their times, then by what they say. */
export function inOrder<T>(values: readonly T[], timeOf: (value: T) => string): T[] {
  const byText = new Map(values.map((value) => [`${timeOf(value)} ${canonicalJson(value)}`, value]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

/** Where a message or a change stands in the transcript: at the earliest time that its events tell, whatever copies tell none. */
export function placeOf(fragments: readonly { place: string }[]): string {
  const places = fragments.map(({ place }) => place).filter((place) => place !== undated);
  return places.sort()[0] ?? undated;
}

/** What the first of them says that says anything of it. */
export function firstSaid<T, V>(values: readonly T[], said: (value: T) => V | undefined): V | undefined {
  for (const value of values) {
    const found = said(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A time as answers show it; none for what has none. */
export function shownTime(at: string): string | undefined {
  return at === undated ? undefined : at;
}
