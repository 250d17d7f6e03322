import { defined } from "../../events/defined.ts";
import type { JsonObject } from "../../events/json.ts";
import type { ChangeFragment, Participant } from "./fragment.ts";
import { firstSaid, inOrder, placeOf, shownTime } from "./inOrder.ts";

/** A change of a thread: of its participants, of its properties, its begin or its end. */
export interface ChangeItem {
  kind: ChangeFragment["kind"];
  at?: string;
  /** Raw id of who did it. */
  by?: string;
  participant?: Participant;
  participants?: Participant[];
  topic?: string;
  properties?: JsonObject;
  metadata?: JsonObject;
  reason?: string;
}

/** One change of all that events said of it. @param found with one key (`keyOf`); not empty */
export function foldChange(found: readonly ChangeFragment[]): ChangeItem {
  const fragments: readonly Loose[] = inOrder(found, ({ place }) => place);
  const participants = fragments.flatMap((fragment) => fragment.participants ?? []);
  return defined({
    kind: fragments[0]?.kind ?? "propertiesUpdated",
    at: shownTime(placeOf(fragments)),
    by: firstSaid(fragments, ({ by }) => by),
    participant: joined(fragments.flatMap(({ participant }) => participant ?? []))[0],
    participants: participants.length > 0 ? joined(participants) : undefined,
    topic: firstSaid(fragments, ({ topic }) => topic),
    properties: firstSaid(fragments, ({ properties }) => properties),
    metadata: firstSaid(fragments, ({ metadata }) => metadata),
    reason: firstSaid(fragments, ({ reason }) => reason),
  });
}

/** Any kind of change, with the members that only some have. */
type Loose = Omit<ChangeItem, "at"> & { place: string };

/** Each person once. */
function joined(participants: readonly Participant[]): Participant[] {
  const people = new Map<string, Participant>();
  for (const one of participants) {
    const id = one.id ?? ` ${one.displayName}`;
    people.set(id, { ...one, ...people.get(id) });
  }
  return [...people.values()];
}
