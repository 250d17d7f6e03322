import { plainName } from "../events/plainName.ts";
import type { ProblemName } from "./problems.ts";

/** What the problem of an event in quarantine is known by: the same for each delivery, and for the replay that resolves it. */
export function quarantineProblem(blob: string): ProblemName {
  return { kind: "quarantinedEvent", cause: "An event could not be accepted", raw: `quarantine/${blob}` };
}

/** The one problem of all events of a type that is not known: they are counted. */
export function unknownTypeProblem(type: string): ProblemName {
  const name = plainName(type);
  return { kind: "unknownEventType", cause: `Events of a type that this version does not know: ${name}`, raw: name };
}
