// The rows by which calls are found, besides those of their events. All of them derive from an event and when it was archived.
//
//   ledger    callName:{name}, {other name}     a row each way: two names of one call
//   timeline  callName:{name}                   events without a serverCallId, which are in no `call:` timeline
//             calls:{yyyy-MM}                   the list of all calls, newest first
//             callsOf:{person}                  the list of a person's calls, newest first
//             callSeen:{name}                   where a call stands in each list: the first of these rows of the list
//
// A list has a row for each event before which nothing of its call, or of the person in it, was known when it came. So it may have
// several of one call, and the reader asks `callSeen` which of them counts.
import { createHash } from "node:crypto";
import type { Entity } from "../../events/entities.ts";
import { tableKey } from "../../storage/keys.ts";
import type { WorkKey } from "../../storage/ledger.ts";
import { newestFirst } from "../../storage/newestFirst.ts";
import type { CallName } from "./callName.ts";

/** A row `{ name }` of the ledger: another name of the call. */
export interface LinkRow {
  name: CallName;
}

/** A row of a list. */
export interface ListedRow {
  name: CallName;
}

export const linkKey = (name: CallName, other: CallName): WorkKey => ["callName", name, other];

/** The partition of a name's links, as it is written in the table. */
export const linksOf = (name: CallName): string => tableKey(`callName:${name}`);

/** A list of calls: all, or those of a person. */
export interface List {
  /** The partition; of all calls, without its month. */
  index: string;
  undivided: boolean;
}

export function listOf(person: Entity | undefined): List {
  return person === undefined
    ? { index: "calls", undivided: false }
    : { index: tableKey(`callsOf:${person}`), undivided: true };
}

export function listedRow({ index, undivided }: List, name: CallName, at: Date) {
  const partitionKey = undivided ? index : `${index}:${at.toISOString().slice(0, 7)}`;
  return { partitionKey, rowKey: `${newestFirst(at.getTime())}_${sha256(name)}`, name };
}

export function seenRow({ index }: List, name: CallName, at: Date) {
  return { partitionKey: tableKey(`callSeen:${name}`), rowKey: `${sha256(index)}_${at.toISOString()}` };
}

/** The range of a call's rows in `callSeen` that are of one list. */
export function seenIn({ index }: List, name: CallName) {
  const begin = `${sha256(index)}_`;
  return { partitionKey: tableKey(`callSeen:${name}`), after: begin, before: `${begin}~` };
}

/** The time of such a row, ISO 8601 in milliseconds. */
export const seenAt = (rowKey: string): string => rowKey.slice(rowKey.indexOf("_") + 1);

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
