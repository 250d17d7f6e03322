// Legal holds: what nobody may erase, and no retention ends. Rows of the ledger, `hold`, one for each entity that is held.
import { randomUUID } from "node:crypto";
import type { Entity } from "../events/entities.ts";
import { put, read, readAll, release, type WorkKey } from "./ledger.ts";
import { newestFirst } from "./newestFirst.ts";

export type Hold = {
  /** What is held: `person:…`, `call:…`, `thread:…`, `recording:…`. */
  entity: string;
  reason: string;
  /** Who asked for it. */
  by: string;
  since: Date;
};

const keyOf = (entity: Entity): WorkKey => ["hold", entity];

/** All holds, by entity; they are few. */
export async function loadHolds(): Promise<ReadonlyMap<string, Hold>> {
  const holds = new Map<string, Hold>();
  for await (const { row } of readAll<Hold>(["hold"])) holds.set(row.entity, row);
  return holds;
}

export async function readHold(entity: Entity): Promise<Hold | undefined> {
  return (await read<Hold>(keyOf(entity)))?.row;
}

export function putHold(entity: Entity, hold: Omit<Hold, "entity">): Promise<void> {
  return put(keyOf(entity), { ...hold, entity });
}

/** Notes who set or ended a hold, when and why. */
export function logHold(change: Omit<Hold, "since"> & { action: "set" | "ended" }): Promise<void> {
  const at = new Date();
  return put(["holdLog", `${newestFirst(at.getTime())}_${randomUUID()}`], { ...change, at });
}

/** Ends a hold; nothing when there is none. */
export async function endHold(entity: Entity): Promise<void> {
  const held = await read<Hold>(keyOf(entity));
  if (held) await release(keyOf(entity), held.etag);
}
