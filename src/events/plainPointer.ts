import { plainName } from "./plainName.ts";

/** A JSON pointer without what may be a value: places in lists, and keys that are no names. */
export function plainPointer(pointer: string): string {
  const [, ...segments] = pointer.split("/");
  return segments.map((segment) => `/${/^\d+$/.test(segment) ? "*" : plainName(segment)}`).join("");
}
