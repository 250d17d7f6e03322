import { type CallName, namesIn, namesOfId } from "../calls/record/callName.ts";
import { findCall } from "../calls/record/findCall.ts";
import type { AcsEvent } from "../events/acsEvent.ts";
import type { Entity } from "../events/entities.ts";
import { callRecordings } from "../recordings/serving/callRecordings.ts";
import { loadHolds } from "../storage/holds.ts";

/** What is under a legal hold, now. */
export interface HeldThings {
  /** The hold that an event is under. */
  ofEvent(event: Pick<AcsEvent, "entities" | "data">): string | undefined;
  /** The hold that a recording is under, of a call with these names and with these people. */
  ofRecording(recordingId: string, names: Iterable<string>, people: Iterable<string>): string | undefined;
  /** The hold that a person is under. */
  ofPerson(entities: Iterable<string>): string | undefined;
}

/** Reads all holds; a hold on a call is one on all names of that call. */
export async function readHeldThings(): Promise<HeldThings> {
  const holds = await loadHolds();
  const calls = new Map<CallName, string>();
  for (const entity of holds.keys()) {
    if (!entity.startsWith("call:")) continue;
    for (const name of await namesOfCall(entity.slice("call:".length))) calls.set(name, entity);
  }
  const first = (entities: Iterable<string>) => [...entities].find((entity) => holds.has(entity));
  const ofCall = (names: Iterable<string>) =>
    [...names].map((name) => calls.get(name as CallName)).find((hold) => hold !== undefined);
  return {
    ofEvent: (event) => first(event.entities) ?? (calls.size > 0 ? ofCall(namesIn(event)) : undefined),
    ofRecording: (recordingId, names, people) =>
      first([`recording:${recordingId}` satisfies Entity]) ?? ofCall(names) ?? first(people),
    ofPerson: first,
  };
}

async function namesOfCall(id: string): Promise<Iterable<CallName>> {
  const names = namesOfId(id);
  for (const name of names) {
    const found = await findCall(name, callRecordings);
    if (found) return new Set([...names, ...found.names]);
  }
  return names;
}
