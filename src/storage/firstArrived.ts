import { firstPartition } from "./firstPartition.ts";

/** The first day (milliseconds since 1970) on or after `from` that has anything of a kind; undefined when there is none. */
export async function firstArrived(kind: string, from = 0): Promise<number | undefined> {
  const prefix = `arrived:${kind}:`;
  const found = await firstPartition("timeline", prefix + new Date(from).toISOString().slice(0, 10), `${prefix}~`);
  return found === undefined ? undefined : Date.parse(found.slice(prefix.length, prefix.length + 10));
}
