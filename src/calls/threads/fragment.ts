// What one event says of a transcript. The copies of an event that ACS sends to each user, in whatever shape, give equal fragments:
// nothing stands in one that only the copy says.
import type { JsonObject } from "../../events/json.ts";

/** A participant, by raw id and the name shown at that time. */
export interface Participant {
  id?: string;
  displayName?: string;
  metadata?: JsonObject;
}

export interface MessageFragment {
  kind: "message";
  event: "received" | "edited" | "deleted";
  /** Where the message stands: when it was written, as far as this event says so. */
  place: string;
  messageId: string;
  sender: Participant;
  type?: string;
  /** When this was written, edited or deleted. */
  at: string;
  version?: number;
  text?: string;
  metadata?: JsonObject;
  botCommand?: true;
}

interface Change {
  place: string;
  /** Raw id of who did it. */
  by?: string;
}

export type ChangeFragment = Change &
  (
    | {
        kind: "threadCreated";
        participants: Participant[];
        topic?: string;
        properties?: JsonObject;
        metadata?: JsonObject;
      }
    | { kind: "propertiesUpdated"; topic?: string; properties?: JsonObject; metadata?: JsonObject }
    | { kind: "threadDeleted"; reason?: string }
    | { kind: "participantAdded" | "participantRemoved"; participant: Participant }
  );

export type Fragment = MessageFragment | ChangeFragment;

/** What the fragments of one thing have in common: a message has its id, a change its kind, whom it is about, and when. */
export function keyOf(fragment: Fragment): string {
  switch (fragment.kind) {
    case "message":
      return `message ${fragment.messageId}`;
    case "threadCreated":
    case "threadDeleted":
      return fragment.kind;
    case "propertiesUpdated":
      return `${fragment.kind} ${fragment.place}`;
    default:
      return `${fragment.kind} ${fragment.place} ${fragment.participant.id ?? fragment.participant.displayName ?? ""}`;
  }
}
