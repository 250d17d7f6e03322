import { type CallEvent, dataOf, textOf } from "./callEvent.ts";
import { type Party, partyOf } from "./partyOf.ts";

/** One stay of somebody in a call. Two devices are two stays, and so is coming back. */
export interface Stay extends Partial<Party> {
  participantId?: string;
  displayName?: string;
  role?: string;
  /** The client that the user called with. */
  endpoint?: string;
  joinedAt?: string;
  leftAt?: string;
  durationInSeconds?: number;
}

/**
 * The stays that CallParticipantAdded and CallParticipantRemoved events tell of, in order of their begin. They pair by participantId;
 * only events that lack it pair by person.
 * @param events in order of time, each once
 */
export function foldStays(events: readonly CallEvent[]): Stay[] {
  const stays = new Map<string, Stay>();
  // What the join says of somebody counts before what the leave says.
  for (const event of [...of(events, "CallParticipantAdded"), ...of(events, "CallParticipantRemoved")]) {
    const { participantId, displayName, user, userAgent } = dataOf(event);
    const party = partyOf(user?.communicationIdentifier);
    const key = participantId ? `stay ${participantId.toLowerCase()}` : `person ${party?.rawId ?? ""}`;
    const said = {
      ...(participantId && { participantId: participantId.toLowerCase() }),
      ...party,
      ...given("displayName", displayName),
      ...given("role", textOf(user?.role)),
      ...given("endpoint", textOf(userAgent)),
      ...(event.name === "CallParticipantAdded" && given("joinedAt", event.time)),
    };
    const known = stays.get(key);
    // The first join and the last leave count: the same one may come in several shapes.
    const left = event.name === "CallParticipantRemoved" ? given("leftAt", event.time) : {};
    stays.set(key, { ...said, ...known, ...left });
  }
  const sorted = [...stays].sort(([a, one], [b, other]) => order(beginOf(one), beginOf(other)) || order(a, b));
  return sorted.map(([, stay]) => ({ ...stay, ...given("durationInSeconds", seconds(stay.joinedAt, stay.leftAt)) }));
}

/** Seconds between two times; undefined when one is not known. */
export function seconds(from: string | undefined, to: string | undefined): number | undefined {
  const between = Date.parse(to ?? "") - Date.parse(from ?? "");
  return Number.isNaN(between) ? undefined : between / 1000;
}

/** A member that may not be known, to be spread. */
export function given<N extends string, V>(name: N, value: V | null | undefined): { [M in N]?: V } {
  return (value === undefined || value === null ? {} : { [name]: value }) as { [M in N]?: V };
}

const of = (events: readonly CallEvent[], name: string) => events.filter((event) => event.name === name);
const beginOf = ({ joinedAt, leftAt }: Stay) => joinedAt ?? leftAt ?? "";
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
