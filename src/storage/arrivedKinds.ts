import { families } from "../events/families.ts";
import type { ContainerName } from "./blobs.ts";

/** All that the index of what arrived has (walkArrived.ts), but `late`, which repeats some of it. */
export const arrivedKinds: readonly string[] = [...families, "quarantine", "recordingFile"];

/** The container that keeps what is indexed under a kind. */
export function containerOf(kind: string): ContainerName {
  if (kind === "quarantine") return "quarantine";
  return kind === "recordingFile" ? "recordings" : "events";
}

/** The kind of what a container keeps under a name. */
export function kindOf(container: string, name: string): string {
  if (container === "quarantine") return "quarantine";
  return container === "recordings" ? "recordingFile" : (name.split("/")[0] ?? "");
}
