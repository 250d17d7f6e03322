// Brings the data of an event to today's shape by the table of its family, and remembers every move, so that a reason
// can point to the member as it was received.
import { isObject, type JsonObject } from "./json.ts";

/** What older and variant shapes look like, as data. Where old and current member are both present, the current wins. */
export interface Legacy {
  /** Old name → today's name. */
  renamed?: Readonly<Record<string, string>>;
  /** Old member that holds a raw id as text → today's member that holds an identifier. */
  identified?: Readonly<Record<string, string>>;
  /** Member of this object ← the nested object in which it may be found. */
  lifted?: Readonly<Record<string, string>>;
  /** Members that lay flat in this object → the nested object that holds them today. */
  gathered?: { into: string; members: readonly string[] };
  /** Members that may come as numeric strings. */
  numbers?: readonly string[];
  /** Old duration as text (ISO 8601 or .NET TimeSpan) → today's number of seconds. */
  durations?: Readonly<Record<string, string>>;
  /** Tables for nested objects, or for each element of nested arrays, by today's name. */
  inside?: Readonly<Record<string, Legacy>>;
}

export interface Upcast {
  data: JsonObject;
  /** The pointer into the data as received for a pointer into `data`. */
  received(pointer: string): string;
}

type Move = readonly [to: string, from: string];

/** Deeper than any documented member; what lies below is never read and stays as it is. */
const MAX_DEPTH = 12;

/** Brings data to today's shape. Copies only what changes: data in today's shape without nulls comes back itself. */
export function upcast(data: JsonObject, legacy: Legacy | undefined): Upcast {
  const moves: Move[] = [];
  // Nulls go last: a reason about a member that came as null under its old name must point there.
  const modern = legacy ? modernised(data, legacy, "", moves) : data;
  return { data: withoutNulls(modern, MAX_DEPTH) as JsonObject, received: (pointer) => origin(pointer, moves) };
}

function origin(pointer: string, moves: readonly Move[]): string {
  let at = pointer;
  for (let index = moves.length - 1; index >= 0; index--) {
    const [to, from] = moves[index] as Move;
    if (at === to || at.startsWith(`${to}/`)) at = from + at.slice(to.length);
  }
  return at;
}

/** Null is absence: a member that is null is as good as missing. */
function withoutNulls(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || depth === 0) return value;
  if (Array.isArray(value)) {
    let copy: unknown[] | undefined;
    for (let index = 0; index < value.length; index++) {
      const after = withoutNulls(value[index], depth - 1);
      if (after === value[index]) continue;
      copy ??= value.slice();
      copy[index] = after;
    }
    return copy ?? value;
  }
  const object = value as JsonObject;
  let copy: JsonObject | undefined;
  for (const key in object) {
    const before = object[key];
    if (typeof before !== "object") continue;
    const after = before === null ? null : withoutNulls(before, depth - 1);
    if (after === before && before !== null) continue;
    // A spread copies an own "__proto__" as a plain member, and assigning to one that is there keeps it plain.
    copy ??= { ...object };
    if (after === null) delete copy[key];
    else copy[key] = after;
  }
  return copy ?? object;
}

function modernised(object: JsonObject, legacy: Legacy, at: string, moves: Move[]): JsonObject {
  let result = object;
  const move = (old: string, now: string, change?: (value: unknown) => [unknown, string] | undefined) => {
    if (!Object.hasOwn(result, old)) return;
    const [value, below] = (change ? change(result[old]) : undefined) ?? [result[old], ""];
    const { [old]: _, ...rest } = result;
    if (Object.hasOwn(rest, now) && rest[now] !== null) {
      result = rest;
    } else {
      result = { ...rest, [now]: value };
      moves.push([`${at}/${now}`, `${at}/${old}`]);
      if (below) moves.push([`${at}/${now}${below}`, `${at}/${now}`]);
    }
  };
  for (const old in legacy.renamed) move(old, legacy.renamed[old] as string);
  for (const old in legacy.identified) move(old, legacy.identified[old] as string, asIdentifier);
  for (const old in legacy.durations) {
    if (secondsOf(result[old]) !== undefined)
      move(old, legacy.durations[old] as string, (value) => [secondsOf(value), ""]);
  }
  for (const name of legacy.numbers ?? []) {
    const number = numberOf(result[name]);
    if (number !== undefined) result = { ...result, [name]: number };
  }
  for (const name in legacy.lifted) result = lifted(result, name, legacy.lifted[name] as string, at, moves);
  if (legacy.gathered) result = gathered(result, legacy.gathered, at, moves);
  for (const name in legacy.inside) {
    const after = inside(result[name], legacy.inside[name] as Legacy, `${at}/${name}`, moves);
    if (after !== result[name]) result = { ...result, [name]: after };
  }
  return result;
}

function inside(value: unknown, legacy: Legacy, at: string, moves: Move[]): unknown {
  if (isObject(value)) return modernised(value, legacy, at, moves);
  if (!Array.isArray(value)) return value;
  let copy: unknown[] | undefined;
  for (let index = 0; index < value.length; index++) {
    const before: unknown = value[index];
    const after = isObject(before) ? modernised(before, legacy, `${at}/${index}`, moves) : before;
    if (after === before) continue;
    copy ??= value.slice();
    copy[index] = after;
  }
  return copy ?? value;
}

function asIdentifier(value: unknown): [unknown, string] | undefined {
  return typeof value === "string" ? [{ rawId: value }, "/rawId"] : undefined;
}

function lifted(object: JsonObject, name: string, holder: string, at: string, moves: Move[]): JsonObject {
  const nested = object[holder];
  if (!isObject(nested) || !Object.hasOwn(nested, name)) return object;
  const { [name]: value, ...rest } = nested;
  if (Object.hasOwn(object, name)) return { ...object, [holder]: rest };
  moves.push([`${at}/${name}`, `${at}/${holder}/${name}`]);
  return { ...object, [holder]: rest, [name]: value };
}

function gathered(object: JsonObject, rule: { into: string; members: readonly string[] }, at: string, moves: Move[]) {
  const flat = rule.members.filter((name) => Object.hasOwn(object, name));
  if (flat.length === 0) return object;
  const rest = { ...object };
  const nested: JsonObject = {};
  for (const name of flat) {
    nested[name] = rest[name];
    delete rest[name];
  }
  if (Object.hasOwn(rest, rule.into)) return rest;
  for (const name of flat) moves.push([`${at}/${rule.into}/${name}`, `${at}/${name}`]);
  return { ...rest, [rule.into]: nested };
}

function numberOf(value: unknown): number | undefined {
  if (typeof value !== "string" || !/^\d{1,16}(\.\d+)?$/.test(value)) return undefined;
  const number = Number(value);
  return number <= Number.MAX_SAFE_INTEGER ? number : undefined;
}

const TIME_SPAN = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.\d+)?$/;
/** Years and months have no fixed length: such a duration stays text. */
const ISO_DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

function secondsOf(value: unknown): number | undefined {
  if (typeof value !== "string" || !/\d/.test(value)) return undefined;
  const parts = TIME_SPAN.exec(value) ?? ISO_DURATION.exec(value);
  if (!parts) return undefined;
  const [days, hours, minutes, seconds] = parts.slice(1, 5).map((part) => Number(part ?? 0));
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
}
