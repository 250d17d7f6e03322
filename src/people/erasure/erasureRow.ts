import type { Entity } from "../../events/entities.ts";
import type { WorkKey } from "../../storage/ledger.ts";

/** An erasure, and how far it is. What names the person is in it until it is done. */
export type ErasureRow = {
  state: "running" | "done";
  /** JSON, Subject's entities and names; empty once it is done. */
  entities: string;
  names: string;
  /** JSON: keyed hashes of the entities. */
  hashes: string;
  reason: string;
  by: string;
  askedAt: Date;
  doneAt?: Date;
  /** The person was under a hold: nothing was erased. */
  nothing?: boolean;
  /** Grows with each slice of the work; a job for another turn has nothing to do. */
  turn: number;
  /** When the job of this turn is due. */
  notBefore: Date;
  /** 1, and 2 some minutes later: what was on its way while the first went through. More, as long as recordings are still fetched. */
  pass: number;
  /** At the begin of this pass recordings were being fetched: another one follows. */
  waits?: boolean;
  /** Where the next slice begins. */
  stage: string;
  cursor: string;
  /** JSON, Counts. */
  counts: string;
  /** JSON: entities whose holds kept something. */
  held: string;
};

/** How often something came about. */
export type Counts = Record<string, number>;

export const erasureKey = (id: string): WorkKey => ["erasure", id];

/** The erasure of a person that is going on: a second request joins it. */
export const runningKey = (hash: string): WorkKey => ["erasureOf", hash];

/** What a running erasure knows of a thread, call or e-mail that the person was in. */
export type ContextRow = {
  /** As timelines are named: `thread:…`, `call:…`, `callName:…`, `email:…`. */
  context: string;
  /** Nobody else was in it. Absent until it is known. */
  alone?: boolean;
  /** In which pass that became known. */
  pass?: number;
};

export const contextKey = (id: string, context: string): WorkKey => ["erasing", id, context];
export const contextsOf = (id: string): WorkKey => ["erasing", id];

export const entitiesIn = (row: Pick<ErasureRow, "entities">): Entity[] => JSON.parse(row.entities) as Entity[];
