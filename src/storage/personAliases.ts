// Other names of a person: rows of the ledger, `personAlias:{entity}`, a row each way. The owner joins and parts them; an event joins
// where it says so, and never again what the owner parted.
import type { Entity } from "../events/entities.ts";
import { claim, put, readAll, type WorkKey } from "./ledger.ts";

export type AliasRow = {
  /** The other name. */
  name: string;
  source: "owner" | "event";
  /** parted: the owner said that the two are not one, whatever events say. */
  state: "joined" | "parted";
  /** Blob name of the event that says so; empty for the owner. */
  event: string;
  since: Date;
};

/** Names that are read of one name. */
const maxRows = 200;

const keyOf = (entity: Entity, other: Entity): WorkKey => ["personAlias", entity, other];

/** The rows of a name, joined and parted. */
export async function readAliases(entity: Entity): Promise<AliasRow[]> {
  const rows: AliasRow[] = [];
  for await (const { row } of readAll<AliasRow>(["personAlias", entity])) {
    rows.push(row);
    if (rows.length === maxRows) break;
  }
  return rows;
}

/** Joins two names because an event says that they are one person; what is known of the two stays as it is. */
export function joinByEvent(one: Entity, other: Entity, event: string): Promise<void> {
  const said = { source: "event", state: "joined", event, since: new Date() } as const;
  return bothWays(one, other, async (from, to) => {
    await claim<AliasRow>(keyOf(from, to), { name: to, ...said });
  });
}

/** Joins or parts two names because the owner says so. */
export function setByOwner(one: Entity, other: Entity, state: AliasRow["state"]): Promise<void> {
  const said = { source: "owner", state, event: "", since: new Date() } as const;
  return bothWays(one, other, (from, to) => put(keyOf(from, to), { name: to, ...said }));
}

async function bothWays(one: Entity, other: Entity, write: (from: Entity, to: Entity) => Promise<void>): Promise<void> {
  if (one === other) return;
  await write(one, other);
  await write(other, one);
}
