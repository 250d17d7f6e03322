// What the steps of an erasure share.
import { accept } from "../../events/accept.ts";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { type Entity, idOf } from "../../events/entities.ts";
import { isObject } from "../../events/json.ts";
import type { Identifier } from "../../events/models.ts";
import { isE164 } from "../../events/phoneNumber.ts";
import { Rejected } from "../../events/rejected.ts";
import { isOurs } from "../../sms/ourNumbers.ts";
import type { ErasedObject } from "../../storage/tombstones.ts";
import type { HeldThings } from "../holds/heldThings.ts";
import type { Counts } from "./erasureRow.ts";
import type { Finder } from "./finder.ts";

export interface Work {
  /** Id of the erasure and of its tombstone. */
  id: string;
  /** 1, and 2 some minutes later. */
  pass: number;
  finder: Finder;
  /** Names that were shown of the person, found so far; `finder` knows them from the next slice on. */
  names: Set<string>;
  held: HeldThings;
  /** Threads, calls and e-mails of the person: whether nobody else was in them. */
  contexts: Map<string, boolean | undefined>;
  counts: Counts;
  /** Entities whose holds kept something. */
  kept: Set<string>;
  /** Lists blobs in the tombstone; to be called before they are changed. */
  note(objects: readonly ErasedObject[]): Promise<void>;
  /** Where blobs are to end as a tombstone says (after a restore): `container/blob` to what was done. Absent: as is found right. */
  ordered?: ReadonlyMap<string, ErasedObject["done"]>;
  /** Rows of later than this (milliseconds since 1970) are of what came after, and stay. */
  until?: number;
  /** After a restore: what was done with which events. What is whole, not of `ordered`, and sent later came after the erasure. */
  listed?: ReadonlyMap<string, ErasedObject["done"]>;
}

/** A step of the work: gives, from time to time, the place from which it can go on. */
export type Stage = (work: Work, cursor: string) => AsyncGenerator<string>;

export function count(work: Work, what: string, times = 1): void {
  work.counts[what] = (work.counts[what] ?? 0) + times;
}

export function keep(work: Work, hold: string): void {
  if (work.kept.size < 50) work.kept.add(hold);
}

/** Whether something names what is under a hold, which is noted then. */
export function textIsHeld(work: Work, text: string): boolean {
  const hold = work.held.ofText(text);
  if (hold !== undefined) keep(work, hold);
  return hold !== undefined;
}

/** An archived event, under the identity that its blob's name has: a redacted one would have another. @throws Rejected */
export function readEvent(raw: unknown, blob: string): AcsEvent {
  const identity = /\.([0-9a-f]{64})\.json$/.exec(blob)?.[1];
  const event = accept(raw);
  return identity ? { ...event, identity } : event;
}

/** The same; undefined for what an earlier version of the app let in, and this one does not. */
export function tryReadEvent(raw: unknown, blob: string): AcsEvent | undefined {
  try {
    return readEvent(raw, blob);
  } catch (error) {
    if (error instanceof Rejected) return undefined;
    throw error;
  }
}

/** Stands for somebody of whom nothing is known but that they were there. */
export const unknownPerson: Entity = "person:anonymous";

/** Who withholds a number, in the data of an event. */
const withheld = /"(4:)?anonymous(_[\w-]*)?"/i;

/** The people of an event but the person: no numbers of ours, no apps, and nobody who was erased. */
export async function othersIn(event: AcsEvent, finder: Finder): Promise<Entity[]> {
  const others: Entity[] = [];
  for (const entity of event.entities) {
    if (!entity.startsWith("person:") || isOurEnd(entity, event)) continue;
    if (await isOther(entity, finder)) others.push(entity);
  }
  if (withheld.test(JSON.stringify(event.data)) || isNameless(event)) others.push(unknownPerson);
  return others;
}

/** Whether an entity is somebody else than the person. */
export async function isOther(entity: Entity, { subject }: Finder): Promise<boolean> {
  const id = entity.slice("person:".length);
  if (subject.entities.includes(entity) || id.startsWith("erased:")) return false;
  return !(isE164(id) && (await isOurs(id)));
}

/** A phone number that a call comes in at is one of the resource. */
function isOurEnd(entity: Entity, { name, data }: AcsEvent): boolean {
  const id = entity.slice("person:".length);
  return name === "IncomingCall" && isE164(id) && JSON.stringify(data.to ?? "").includes(id);
}

/** Whether an event tells of somebody in a call, and not of whom. */
function isNameless({ name, data: { user } }: AcsEvent): boolean {
  if (!name.startsWith("CallParticipant") || !isObject(user)) return false;
  const { communicationIdentifier: who } = user;
  return idOf((isObject(who) ? who : user) as Identifier) === undefined;
}
