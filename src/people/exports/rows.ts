// An export of what is held about a person, in the ledger:
//
//   personExport, {id}             what is asked for, and how far it is
//   personExportThing:{id}, {key}  a conversation, call, thread or recording that its events named: each is exported once
//
// and in container `exports`, people/{id}/part-{n}.zip. The commit of a part decides what is in it: its metadata says where the next one
// begins, so a job that comes again finds the part there and changes nothing.
//
//   part 1 ── built, committed ──► row: part 2 from there ──► message for part 2 …     crash anywhere: the message comes again
import { AcsEventsError } from "../../events/errors.ts";
import { type Columns, type Held, read, type WorkKey } from "../../storage/ledger.ts";

/** How far an export is: among the person's events, then among the things that they named. */
export interface Cursor {
  phase: "events" | "things";
  /** Row key after which it goes on. */
  after: string;
}

/** How many of each kind a part holds, or all parts do. */
export type Counts = Record<string, number>;

export interface ExportRow extends Columns {
  exportId: string;
  /** The identifier under which it was asked for, in the spelling of events. */
  identifier: string;
  /** JSON: all names of the person at that time. */
  entities: string;
  state: "waiting" | "running" | "done" | "failed";
  /** The part that is to be built next, from 1; of one that is done, how many there are and one. */
  part: number;
  /** JSON: where that part begins. */
  cursor: string;
  /** JSON: of all parts that are there. */
  counts: string;
  /** JSON: bytes of each part. */
  sizes: string;
  requestedAt: Date;
  /** From then on it cannot be fetched, and is deleted. */
  expiresAt: Date;
}

export const exportPartition: WorkKey = ["personExport"];
export const exportKey = (exportId: string): WorkKey => ["personExport", exportId];
export const thingPartition = (exportId: string): WorkKey => ["personExportThing", exportId];

/** Begin of the names of its blobs in container `exports`. */
export const folderOf = (exportId: string) => `people/${exportId}/`;
export const partName = (exportId: string, part: number) => `${folderOf(exportId)}part-${part}.zip`;

/** Milliseconds. */
export const day = 86_400_000;

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * An export of one of these names; one that expired is gone.
 * @throws AcsEventsError ACS_EVENTS_UNKNOWN_EXPORT (404)
 */
export async function findExport(exportId: string, entities: readonly string[]): Promise<Held<ExportRow>> {
  const held = guid.test(exportId) ? await read<ExportRow>(exportKey(exportId)) : undefined;
  if (held && held.row.expiresAt.getTime() > Date.now() && entities.includes(`person:${held.row.identifier}`)) {
    return held;
  }
  throw new AcsEventsError(
    "ACS_EVENTS_UNKNOWN_EXPORT",
    "There is no such export of this person, or its time is over. POST …/exports makes another one.",
    { status: 404, target: "id" },
  );
}
