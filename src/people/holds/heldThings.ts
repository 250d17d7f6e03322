import { findCall } from "../../calls/record/findCall.ts";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { type CallName, namesIn, namesOfId } from "../../events/callName.ts";
import type { Entity } from "../../events/entities.ts";
import { callRecordings } from "../../recordings/serving/callRecordings.ts";
import { loadHolds } from "../../storage/holds.ts";
import { inFlight } from "../../storage/inFlight.ts";
import { finderOf } from "../erasure/finder.ts";
import { everyNameOf } from "../knowing/everyNameOf.ts";

/** What is under a legal hold, now. Each answer is the entity that the hold was set on. */
export interface HeldThings {
  /** Whether there is any hold. */
  any: boolean;
  /** The hold that an event is under. */
  ofEvent(event: Pick<AcsEvent, "entities" | "data">): string | undefined;
  /** The hold that a recording is under, of a call with these names and with these people. */
  ofRecording(recordingId: string, names: Iterable<string>, people: Iterable<string>): string | undefined;
  /** The hold that a person is under, by whichever of their names. */
  ofPerson(entities: Iterable<string>): string | undefined;
  /** The hold on something that a document or a row names: for what tells nothing else of what it is about. */
  ofText(text: string): string | undefined;
}

/** Holds that are looked into at once. */
const places = 8;

/** Reads all holds; one on a call is one on all names of that call, one on a person on all names of that person. */
export async function readHeldThings(): Promise<HeldThings> {
  const holds = await loadHolds();
  const calls = new Map<string, string>();
  const others = new Map<string, string>();
  const namesOf = async (entity: string) => ({ entity, names: await namesUnder(entity) });
  for await (const { entity, names } of inFlight(each(holds.keys()), places, namesOf)) {
    for (const name of names) (entity.startsWith("call:") ? calls : others).set(name, entity);
    others.set(entity, entity);
  }
  const first = (entities: Iterable<string>) =>
    [...entities].map((entity) => others.get(entity)).find((hold) => hold !== undefined);
  const ofCall = (names: Iterable<string>) =>
    [...names].map((name) => calls.get(name)).find((hold) => hold !== undefined);
  const words = [...calls, ...others].map(([name, hold]) => ({ hold, within: withinText(name) }));
  return {
    any: holds.size > 0,
    ofEvent: (event) => first(event.entities) ?? (calls.size > 0 ? ofCall(namesIn(event)) : undefined),
    ofRecording: (recordingId, names, people) =>
      first([`recording:${recordingId}` satisfies Entity]) ?? ofCall(names) ?? first(people),
    ofPerson: first,
    ofText(text) {
      if (words.length === 0) return undefined;
      const plain = decoded(text).toLowerCase();
      return words.find(({ within }) => within(text, plain))?.hold;
    },
  };
}

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** Names under which what is held is found. */
function namesUnder(entity: string): Promise<Iterable<string>> {
  if (entity.startsWith("call:")) return namesOfCall(entity.slice("call:".length));
  return entity.startsWith("person:") ? everyNameOf(entity as Entity) : Promise.resolve([entity]);
}

async function namesOfCall(id: string): Promise<Iterable<CallName>> {
  const names = namesOfId(id);
  for (const name of names) {
    const found = await findCall(name, callRecordings);
    if (found) return new Set([...names, ...found.names]);
  }
  return names;
}

/** How a name of something held is looked for in a text, as it is and with its encoded characters decoded, in small letters. */
function withinText(name: string): (text: string, plain: string) => boolean {
  if (name.startsWith("person:")) {
    const finder = finderOf({ entities: [name as Entity], names: [], token: "" });
    return (text) => finder.finds(text) || finder.findsInKey(text);
  }
  const id = name.slice(name.indexOf(":") + 1).toLowerCase();
  return (_, plain) => plain.includes(id);
}

/** As keys of tables, names of blobs and paths write characters. */
function decoded(text: string): string {
  return text.replace(/[!%]([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
