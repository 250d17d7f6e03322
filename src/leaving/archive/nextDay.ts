import { firstArrived } from "../../storage/firstArrived.ts";
import { firstPartition } from "../../storage/firstPartition.ts";

/** Stands beside the kinds of the index of what arrived: texts of ours, which no event tells. */
export const placed = "placed";

/** The first day (milliseconds since 1970) on or after `from` that may have anything of a kind; undefined when there is none. */
export async function nextDay(kind: string, from: number): Promise<number | undefined> {
  if (kind !== placed) return firstArrived(kind, from);
  const month = new Date(from).toISOString().slice(0, 7);
  const found = await firstPartition("timeline", `conversations:${month}`, "conversations:~");
  return found === undefined ? undefined : Math.max(from, Date.parse(`${found.slice("conversations:".length)}-01`));
}
