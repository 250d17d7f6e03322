import type { AcsEvent } from "../../events/acsEvent.ts";
import type { Identifier } from "../../events/models.ts";

/** An event as a call's record is folded from it. */
export interface CallEvent extends Pick<AcsEvent, "name" | "time" | "identity" | "data"> {
  /** Blob name in container `events`. */
  blob: string;
}

interface Participant {
  communicationIdentifier?: Identifier;
  role?: unknown;
}

/** The members that are read, of all events of calls in today's shape. What the app only keeps is of unknown type. */
export interface CallData {
  startedBy?: Participant;
  group?: { id?: string };
  room?: { id?: string };
  isTwoParty?: unknown;
  isRoomsCall?: unknown;
  user?: Participant;
  displayName?: string;
  participantId?: string;
  userAgent?: unknown;
  endedBy?: Participant & { type?: unknown; name?: unknown };
  reason?: unknown;
  callDurationInSeconds?: number;
  callState?: string;
  callLegId?: string;
  callConnectionId?: string;
  from?: Identifier;
  to?: Identifier;
  onBehalfOf?: Identifier;
  onBehalfOfCallee?: Identifier;
  callerDisplayName?: string;
  customContext?: { sipHeaders?: Record<string, string>; voipHeaders?: Record<string, string> };
  participants?: { identifier?: Identifier }[];
  sessionEndReason?: string;
}

/** The data of an event of a call; what `accept` let in has these types. */
export function dataOf({ data }: Pick<CallEvent, "data">): CallData {
  return data as CallData;
}

/** A member that the app only keeps, if it is a text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
