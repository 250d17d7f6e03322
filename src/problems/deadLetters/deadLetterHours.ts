// Event Grid's layout of container `dead-letters`: `{SUBSCRIPTION}/{yyyy}/{M}/{d}/{H}/{guid}.json`, unpadded, UTC. Only hours that exist
// are visited, so a walk costs what was dead-lettered, and not the time that went by.
import { listBlobs, listFolder } from "../../storage/listBlobs.ts";

export type Found =
  | {
      /** An hour of a subscription; ends with a slash. */
      folder: string;
      /** Its begin, milliseconds since 1970. */
      begin: number;
    }
  /** A blob where the layout has none; the first of a folder stands for all that are in it. */
  | { stray: string };

/** The hours of a subscription that end after `from`, in order of time, and what lies astray on the way to them. */
export function hoursOf(subscription: string, from: number): AsyncGenerator<Found> {
  return descend(subscription, [], from);
}

async function* descend(folder: string, parts: readonly number[], from: number): AsyncGenerator<Found> {
  const numbers: number[] = [];
  for await (const name of listFolder("dead-letters", folder)) {
    const last = name.slice(folder.length);
    const fits = parts.length === 0 ? /^[1-9]\d{3}\/$/ : /^(0|[1-9]\d?)\/$/;
    if (fits.test(last)) numbers.push(Number.parseInt(last, 10));
    else if (last.endsWith("/")) yield* firstIn(name);
    else yield { stray: name };
  }
  // Unpadded numbers do not come in the order of time.
  for (const number of numbers.sort((a, b) => a - b)) {
    const known = [...parts, number];
    const below = `${folder}${number}/`;
    if (endOf(known) <= from) continue;
    if (known.length === 4) yield { folder: below, begin: timeOf(known) };
    else yield* descend(below, known, from);
  }
}

async function* firstIn(folder: string): AsyncGenerator<Found> {
  for await (const [stray] of listBlobs("dead-letters", folder, 1)) {
    if (stray !== undefined) yield { stray };
    return;
  }
}

function timeOf([year = 0, month = 1, day = 1, hour = 0]: readonly number[]): number {
  return Date.UTC(year, month - 1, day, hour);
}

/** When a year, month, day or hour is over. */
function endOf(parts: readonly number[]): number {
  return timeOf([...parts.slice(0, -1), (parts.at(-1) ?? 0) + 1]);
}
