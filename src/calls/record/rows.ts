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
import type { CallName } from "../../events/callName.ts";
import type { Entity } from "../../events/entities.ts";
import { tableKey } from "../../storage/keys.ts";
import type { WorkKey } from "../../storage/ledger.ts";
import { newestFirst } from "../../storage/newestFirst.ts";

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

/** What a list is known by in `callSeen`. */
export const hashOf = ({ index }: List): string => sha256(index);

export function seenRow(list: List, name: CallName, at: Date) {
  return { partitionKey: seenOf(name).partitionKey, rowKey: `${hashOf(list)}_${at.toISOString()}` };
}

/** The range of a call's rows in `callSeen`: all, or those of one list. */
export function seenOf(name: CallName, list?: List) {
  const partitionKey = tableKey(`callSeen:${name}`);
  const begin = list && `${hashOf(list)}_`;
  return begin === undefined ? { partitionKey, after: "" } : { partitionKey, after: begin, before: `${begin}~` };
}

/** The list of such a row, by its hash, and its time, ISO 8601 in milliseconds. */
export const seenBy = (rowKey: string): string => rowKey.slice(0, rowKey.indexOf("_"));
export const seenAt = (rowKey: string): string => rowKey.slice(rowKey.indexOf("_") + 1);

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
