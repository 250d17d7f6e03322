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
  const modern = legacy ? modernised(data, tableOf(legacy), "", moves) : data;
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
  let nulls = false;
  for (const key in object) {
    const before = object[key];
    if (typeof before !== "object") continue;
    nulls ||= before === null;
    const after = withoutNulls(before, depth - 1);
    if (after === before) continue;
    // A spread copies an own "__proto__" as a plain member, and assigning to one that is there keeps it plain.
    copy ??= { ...object };
    copy[key] = after;
  }
  return nulls ? copied(copy ?? object, (_, member) => member !== null) : (copy ?? object);
}

/** The members that are wanted. Deleting the others from a copy would make it slow for all that read it. */
function copied(object: JsonObject, wanted: (name: string, member: unknown) => boolean): JsonObject {
  const copy: JsonObject = {};
  for (const name in object) if (wanted(name, object[name])) put(copy, name, object[name]);
  return copy;
}

function put(object: JsonObject, name: string, value: unknown): void {
  if (name !== "__proto__") object[name] = value;
  else Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
}

function modernised(object: JsonObject, table: Table, at: string, moves: Move[]): JsonObject {
  let result = moved(object, table.rules, at, moves);
  for (const name of table.numbers) {
    const number = numberOf(result[name]);
    if (number !== undefined) result = { ...result, [name]: number };
  }
  for (const [name, holder] of table.lifted) result = lifted(result, name, holder, at, moves);
  if (table.gathered) result = gathered(result, table.gathered, at, moves);
  for (const [name, its] of table.inside) {
    const before = result[name];
    if (typeof before !== "object" || before === null) continue;
    const after = inside(before, its, `${at}/${name}`, moves);
    if (after !== before) result = { ...result, [name]: after };
  }
  return result;
}

/** Where an old member goes, and what its value becomes there; undefined when the member is to stay. */
interface Rule {
  now: string;
  change(value: unknown): { value: unknown; below?: string } | undefined;
}

/** A `Legacy`, made ready once for all events: one look at what an event has finds the rules that apply. */
interface Table {
  /** By the name of the old member. */
  rules: ReadonlyMap<string, Rule>;
  numbers: readonly string[];
  lifted: readonly (readonly [name: string, holder: string])[];
  gathered: Legacy["gathered"];
  inside: readonly (readonly [name: string, table: Table])[];
}

const tables = new WeakMap<Legacy, Table>();

function tableOf(legacy: Legacy): Table {
  const ready = tables.get(legacy);
  if (ready) return ready;
  const rules = new Map<string, Rule>();
  const add = (table: Readonly<Record<string, string>> = {}, change: Rule["change"]) => {
    for (const [old, now] of Object.entries(table)) rules.set(old, { now, change });
  };
  add(legacy.renamed, (value) => ({ value }));
  add(legacy.identified, (value) =>
    typeof value === "string" ? { value: { rawId: value }, below: "/rawId" } : { value },
  );
  add(legacy.durations, (value) => {
    const seconds = secondsOf(value);
    return seconds === undefined ? undefined : { value: seconds };
  });
  const { numbers = [], lifted = {}, gathered, inside = {} } = legacy;
  const table = {
    ...{ rules, numbers, gathered, lifted: Object.entries(lifted) },
    inside: Object.entries(inside).map(([name, its]) => [name, tableOf(its)] as const),
  };
  tables.set(legacy, table);
  return table;
}

function moved(object: JsonObject, rules: ReadonlyMap<string, Rule>, at: string, moves: Move[]): JsonObject {
  let old: string[] | undefined;
  for (const name in object) {
    if (!rules.get(name)?.change(object[name])) continue;
    old ??= [];
    old.push(name);
  }
  if (old === undefined) return object;
  const result = copied(object, (name) => !old.includes(name));
  for (const name of old) {
    const rule = rules.get(name);
    const changed = rule?.change(object[name]);
    if (!rule || !changed || (Object.hasOwn(result, rule.now) && result[rule.now] !== null)) continue;
    result[rule.now] = changed.value;
    moves.push([`${at}/${rule.now}`, `${at}/${name}`]);
    if (changed.below) moves.push([`${at}/${rule.now}${changed.below}`, `${at}/${rule.now}`]);
  }
  return result;
}

function inside(value: unknown, table: Table, at: string, moves: Move[]): unknown {
  if (isObject(value)) return modernised(value, table, at, moves);
  if (!Array.isArray(value)) return value;
  let copy: unknown[] | undefined;
  for (let index = 0; index < value.length; index++) {
    const before: unknown = value[index];
    const after = isObject(before) ? modernised(before, table, `${at}/${index}`, moves) : before;
    if (after === before) continue;
    copy ??= value.slice();
    copy[index] = after;
  }
  return copy ?? value;
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
  const rest = copied(object, (name) => !flat.includes(name));
  if (Object.hasOwn(rest, rule.into)) return rest;
  for (const name of flat) moves.push([`${at}/${rule.into}/${name}`, `${at}/${name}`]);
  return { ...rest, [rule.into]: copied(object, (name) => flat.includes(name)) };
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
