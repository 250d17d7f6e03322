/**
 * The segment names of every documented subject, lower-cased, and the name under which their value is found.
 * Source: the catalogue of event types, columns "Subject" of its sections 2 to 4.
 */
const SEGMENTS: ReadonlyMap<string, string> = new Map(
  [
    ...[
      "phoneNumber",
      "thread",
      "sender",
      "recipient",
      "createdBy",
      "deletedBy",
      "editedBy",
      "memberAdded",
      "memberRemoved",
    ],
    ...[
      "participantAdded",
      "participantRemoved",
      "call",
      "startedBy",
      "participant",
      "caller",
      "serverCallId",
      "recordingId",
    ],
    ...[
      "user",
      "message",
      "advancedMessage",
      "status",
      "job",
      "channel",
      "queue",
      "classificationPolicy",
      "assignment",
    ],
    ...["disposition", "exceptionRule", "worker", "callLeg"],
  ].map((name) => [name.toLowerCase(), name]),
)
  // One specification example of the typing event spells the two out.
  .set("sendercommunicationidentifierrawid", "sender")
  .set("recipientcommunicationidentifierrawid", "recipient");

/** `advancedMessage/sender/{id}` has no value of its own before the next name; `advancedMessage/{id}/status/…` has. */
function standsAlone(name: string, next: string | undefined): boolean {
  return name === "advancedMessage" && next?.toLowerCase() === "sender";
}

/**
 * What a subject says, by segment name: "/recording/call/17/recordingId/r1" gives `{ call: "17", recordingId: "r1" }`.
 * Knows every documented form, with and without the leading slash, in any letter case; values are percent-decoded.
 * Segments that are not documented are skipped. Never throws.
 */
export function parseSubject(subject: string | null | undefined): Record<string, string> {
  const found: Record<string, string> = {};
  if (!subject) return found;
  const segments = subject.split("/");
  for (let index = 0; index < segments.length; index++) {
    const name = SEGMENTS.get((segments[index] ?? "").toLowerCase());
    if (name === undefined || standsAlone(name, segments[index + 1])) continue;
    index++;
    const value = segments[index];
    if (value) found[name] = decoded(value);
  }
  return found;
}

function decoded(value: string): string {
  if (!value.includes("%")) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
