import { Semaphore } from "async-mutex";
import { accept } from "../../events/accept.ts";
import { readArchived } from "../../storage/archive.ts";
import { isNoMore } from "../isNoMore.ts";
import type { CallEvent } from "./callEvent.ts";
import { type FoundRow, summaryOf } from "./findCall.ts";

/** Blobs that are read at once, in the whole process. */
const places = new Semaphore(16);

/** Of these the record shows more than a row's summary holds. All else would be read for nothing, and a callback can have a megabyte. */
const readWhole = new Set([
  ...["IncomingCall", "CallStarted", "CallEnded", "CallParticipantAdded", "CallParticipantRemoved"],
  "ParticipantsUpdated",
]);

/**
 * The events of rows, from the archive as far as their rows do not tell all that a record shows.
 * @returns `unreadable`: of some, only what their row says is known
 */
export async function readEvents(rows: readonly FoundRow[]): Promise<{ events: CallEvent[]; unreadable: boolean }> {
  let unreadable = false;
  const read = async (row: FoundRow): Promise<CallEvent | undefined> => {
    // A row without a blob is no event.
    const { blob } = row;
    if (blob === undefined) return undefined;
    if (!readWhole.has(row.type)) return eventOf(row);
    const event = await places.runExclusive(() => readEvent(blob));
    if (!event) unreadable = true;
    return event ?? eventOf(row);
  };
  const events = (await Promise.all(rows.map(read))).filter((event) => event !== undefined);
  return { events, unreadable };
}

/** Undefined when the blob is gone, archived away by a lifecycle rule, or no event any more. */
async function readEvent(blob: string): Promise<CallEvent | undefined> {
  try {
    const { name, time, identity, data } = accept(await readArchived(blob));
    return { name, time, identity, data, blob };
  } catch (error) {
    if (isNoMore(error)) return undefined;
    throw error;
  }
}

/** An event as far as its row tells of it: people are raw ids there. */
export function eventOf(row: FoundRow): CallEvent {
  const { from, to, user, startedBy, endedBy, ...plain } = summaryOf(row);
  const data = {
    ...plain,
    ...identifiers({ from, to }),
    ...Object.fromEntries(
      Object.entries(identifiers({ user, startedBy, endedBy })).map(([name, communicationIdentifier]) => [
        name,
        { communicationIdentifier },
      ]),
    ),
  };
  const identity = row.rowKey.slice(row.rowKey.indexOf("_") + 1);
  return { name: row.type, time: row.time ?? null, identity, data, blob: row.blob ?? "" };
}

function identifiers(members: Record<string, unknown>): Record<string, { rawId: string }> {
  const found = Object.entries(members).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(found.map(([name, rawId]) => [name, { rawId }]));
}
