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

/** What a join or a leave says of a stay, `joinedAt` or `leftAt` among it. */
interface End {
  joins: boolean;
  /** Sorts the ends: what has no time is a begin before all others, or an end after them. */
  at: string;
  said: Stay;
}

/**
 * The stays that CallParticipantAdded and CallParticipantRemoved events tell of, in order of their begin. Each join and each leave is an
 * end of exactly one stay: a leave ends the stay before it under the same participantId, and a stay of which one end did not come is
 * one all the same. Only events that lack a participantId pair by person.
 * @param events in order of time, each once
 */
export function foldStays(events: readonly CallEvent[]): Stay[] {
  const ends = events.map(endIn).filter((end) => end !== undefined);
  const sorted = [...Map.groupBy(ends, keyOf)]
    .flatMap(([key, some]) => staysOf(some).map((stay) => ({ key, stay })))
    .sort((a, b) => order(beginOf(a.stay), beginOf(b.stay)) || order(a.key, b.key));
  return sorted.map(({ stay }) => ({ ...stay, ...given("durationInSeconds", seconds(stay.joinedAt, stay.leftAt)) }));
}

function endIn(event: CallEvent): End | undefined {
  const joins = event.name === "CallParticipantAdded";
  if (!joins && event.name !== "CallParticipantRemoved") return undefined;
  const { participantId, displayName, user, userAgent } = dataOf(event);
  const said = {
    ...given("participantId", textOf(participantId)?.toLowerCase()),
    ...partyOf(user?.communicationIdentifier),
    ...given("displayName", displayName),
    ...given("role", textOf(user?.role)),
    ...given("endpoint", textOf(userAgent)),
    ...given(joins ? "joinedAt" : "leftAt", event.time),
  };
  return { joins, at: event.time ?? (joins ? "" : "~"), said };
}

const keyOf = ({ said: { participantId, rawId = "" } }: End) =>
  participantId === undefined ? `person ${rawId}` : `stay ${participantId}`;

/** The stays of one participant. */
function staysOf(ends: readonly End[]): Stay[] {
  const stays: Stay[] = [];
  let open: Stay | undefined;
  const take = (said: Stay, joins: boolean) => {
    // What the join says of somebody counts before what the leave says.
    if (open && !joins) Object.assign(open, { ...said, ...open });
    else stays.push({ ...said });
    open = joins ? stays.at(-1) : undefined;
  };
  for (const [, same] of [...Map.groupBy(ends, ({ at }) => at)].sort(([a], [b]) => order(a, b))) {
    // The same join may come in several shapes, and so may a leave.
    const joins = same.filter((end) => end.joins);
    const leaves = same.filter((end) => !end.joins);
    // Who leaves and joins at the same time came back, or was there for no time at all.
    for (const some of open ? [leaves, joins] : [joins, leaves]) {
      const [end] = some;
      if (end) take(all(some), end.joins);
    }
  }
  return stays;
}

/** What several events say of one end; the first of them counts. */
function all(ends: readonly End[]): Stay {
  const stay: Stay = {};
  for (const { said } of ends.toReversed()) Object.assign(stay, said);
  return stay;
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

const beginOf = ({ joinedAt, leftAt }: Stay) => joinedAt ?? leftAt ?? "";
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
