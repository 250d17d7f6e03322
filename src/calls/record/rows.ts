import { tableKey } from "../../storage/keys.ts";
import type { WorkKey } from "../../storage/ledger.ts";
import type { CallName } from "./callName.ts";

/** A row `{ name }` of the ledger: another name of the call. */
export interface LinkRow {
  name: CallName;
}

/** A row of the list. */
export interface ListedRow {
  name: CallName;
}

export const linkKey = (name: CallName, other: CallName): WorkKey => ["callName", name, other];

/** The partition of a name's links, as it is written in the table. */
export const linksOf = (name: CallName): string => tableKey(`callName:${name}`);

/** Before the first row of a timeline that has a time: those without one begin with the year 0000. */
export const dated = "0001";
