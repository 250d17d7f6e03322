// After a restore of the storage: what tombstones say is done again. They name nobody, so the person is found by keyed hash in what came
// back. What came after an erasure stays.

import { hash } from "node:crypto";
import type { Entity } from "../../events/entities.ts";
import { container } from "../../storage/blobs.ts";
import { groupsOf } from "../../storage/groupsOf.ts";
import { httpStatus, inTime } from "../../storage/onDemand.ts";
import { stubOf } from "../../storage/stub.ts";
import { type ErasedObject, listTombstones, noteErased, readErased, type Tombstone } from "../../storage/tombstones.ts";
import { endChunkOf } from "./endChunkOf.ts";
import { finishRows } from "./finishLeft.ts";
import { peopleInBlobs } from "./peopleInBlobs.ts";
import { peopleInTables } from "./peopleInTables.ts";
import { putBack } from "./putBack.ts";
import { recogniser } from "./recogniser.ts";
import { stages } from "./stages/index.ts";
import type { Work } from "./work.ts";
import { workAgain } from "./workAgain.ts";

export interface Reapplied {
  tombstone: string;
  /** Objects that were not as the tombstone says, and how many of them name nobody by whom they could be found. */
  back: number;
  unknown: number;
  /** How many names of the person stand in the tables, in quarantine or among the dead letters: they came back, or the person did. */
  named: number;
  /** What was done, as an erasure counts it; nothing without `commit`. */
  done: Record<string, number>;
}

/** What follows the objects themselves. */
const sweeps = new Set(["recordingsNaming", "timeline", "ledger", "problems", "quarantine", "deadLetters"]);

/** Objects that are dealt with together. */
const atOnce = 32;

/** Applies each tombstone, the oldest first. @param commit false: only says what would be done */
export async function* reapplyErasures(commit: boolean): AsyncGenerator<Reapplied> {
  const tombstones: Tombstone[] = [];
  for await (const tombstone of listTombstones()) if (!tombstone.nothing) tombstones.push(tombstone);
  const hashes = tombstones.flatMap(({ subject }) => subject);
  const named = new Map([...(await peopleInTables(hashes)), ...(await peopleInBlobs(hashes))]);
  const earlier = new Set<string>();
  for (const tombstone of tombstones.sort((a, b) => a.askedAt.localeCompare(b.askedAt))) {
    yield await reapply(tombstone, { earlier, named, commit });
    earlier.add(tombstone.id);
  }
}

interface Known {
  /** Tombstones that were applied before. */
  earlier: ReadonlySet<string>;
  /** Who is named by the tables, or by events that did not come in, by keyed hash. */
  named: ReadonlyMap<string, Entity>;
  commit: boolean;
}

async function reapply(tombstone: Tombstone, { earlier, named, commit }: Known): Promise<Reapplied> {
  const { id, askedAt, doneAt = askedAt } = tombstone;
  const result: Reapplied = { tombstone: id, back: 0, unknown: 0, named: 0, done: {} };
  const known = recogniser(tombstone.subject);
  for await (const objects of groupsOf(whatIsBack(id, earlier), atOnce)) {
    result.back += objects.length;
    for (const object of objects) await known.look(object);
  }
  const { entities, names } = known;
  const inTables = tombstone.subject.flatMap((each) => named.get(each) ?? []);
  result.named = inTables.length;
  for (const entity of inTables) entities.add(entity);
  if (entities.size === 0) result.unknown = result.back;
  if (!commit) return result;
  if (tombstone.doneAt) await finishRows(id);
  const work: Work = {
    ...(await workAgain({ id, until: Date.parse(doneAt) }, { entities, names })),
    counts: result.done,
    // They are listed already; what a sweep finds besides is not.
    note: async (all) => {
      const fresh = all.filter(({ container: name, blob }) => !work.ordered?.has(`${name}/${blob}`));
      await noteErased(id, 0, fresh);
    },
    listed: await eventsOf(id),
  };
  for await (const objects of groupsOf(whatIsBack(id, earlier), atOnce)) {
    work.ordered = new Map(objects.map(({ container: name, blob, done }) => [`${name}/${blob}`, done]));
    await putBack(work, objects);
  }
  // Rows that a restore of the tables brought back say that the chunks are there.
  for await (const { container: name, blob, done } of readErased(id)) {
    if (name === "recordings" && done === "erased") await endChunkOf(blob, done);
  }
  if (entities.size === 0) return result;
  for (const [name, run] of stages) {
    if (sweeps.has(name)) for await (const _ of run(work, ""));
  }
  return result;
}

/** What was done with each event. */
async function eventsOf(id: string): Promise<ReadonlyMap<string, ErasedObject["done"]>> {
  const events = new Map<string, ErasedObject["done"]>();
  for await (const { container: name, blob, done } of readErased(id)) {
    if (name === "events" && events.get(blob) !== "erased") events.set(blob, done);
  }
  return events;
}

/** Objects of a tombstone that are not as it says. */
async function* whatIsBack(id: string, earlier: ReadonlySet<string>): AsyncGenerator<ErasedObject> {
  for await (const object of readErased(id)) if (await isBack(object, earlier)) yield object;
}

/** Whether an object is there as it was, or as an earlier tombstone left it; or not there at all: then nothing stops it from coming again. */
async function isBack(object: ErasedObject, earlier: ReadonlySet<string>): Promise<boolean> {
  const { container: name, blob, done, after } = object;
  const client = (await container(name)).getBlobClient(blob);
  try {
    const { metadata: { tombstone, sha256, before } = {} } = await client.getProperties({ abortSignal: inTime() });
    if (tombstone === undefined) return true;
    // Two erasures that met: the one that was asked for first came last.
    const overtaken = sha256 === hash("sha256", stubOf(tombstone)) || before === after;
    return earlier.has(tombstone) && !overtaken;
  } catch (error) {
    if (httpStatus(error) === 404) return done === "erased" && name !== "recordings";
    throw error;
  }
}
