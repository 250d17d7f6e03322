import type { AcsEvent } from "../events/acsEvent.ts";
import { plainPointer } from "../events/plainPointer.ts";
import { unknownMember } from "../events/warnings.ts";
import { countProblem } from "../storage/countProblem.ts";
import type { Problem } from "../storage/problems.ts";

/**
 * Says that events have members that this version does not know: one problem for each type and member, counted. It never throws: a count is
 * not worth a second delivery, and the next event raises what this one could not.
 */
export async function noteDrift(
  { name, warnings }: AcsEvent,
  { blob, created }: { blob: string; created: boolean },
): Promise<void> {
  const members = new Set<string>();
  for (const warning of warnings) {
    const pointer = unknownMember(warning);
    if (pointer !== undefined) members.add(plainPointer(pointer));
  }
  for (const member of members) {
    await countProblem(driftOf(name, member, blob), created ? 1 : 0, driftOf(name, "(further ones)", blob)).catch(
      () => {},
    );
  }
}

function driftOf(type: string, member: string, blob: string): Problem {
  return {
    kind: "unknownMember",
    cause: `Events of type ${type} have a member that this version does not know: ${member}`,
    advice:
      "The events are kept whole; nothing reads the member. Look at it in the event: ACS may have begun to send it, and a later version of the app may know it. Dismiss this if it does not matter to you.",
    raw: `${type} ${member}`,
    source: { container: "events", blob },
  };
}
