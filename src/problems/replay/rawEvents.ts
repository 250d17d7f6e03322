// The events that stand in a blob: in the archive, in quarantine, or among the dead letters.
import { definitionOf } from "../../events/definitions.ts";
import { type Family, families } from "../../events/families.ts";
import { isObject } from "../../events/json.ts";
import type { ContainerName } from "../../storage/blobs.ts";
import { readJsonBlob } from "../../storage/readJsonBlob.ts";
import type { Redacted } from "../../storage/redacted.ts";
import { isStub } from "../../storage/stub.ts";
import { letterOf, lettersOf, typeOf } from "../deadLetters/deadLetter.ts";

export interface RawEvent {
  raw: unknown;
  /** Of one out of which a person was taken: under its former identity it is the same event. */
  redacted?: Redacted | undefined;
  /** The family of the function that received it, or should have. */
  family?: Family | undefined;
  /** It never reached a function, so that it goes into quarantine if it is refused: it is not there yet. */
  quarantine?: boolean;
  /** Where it came to nothing, codes of the reasons that were given. */
  reasons?: readonly string[];
}

/** erased: a tombstone stands there. gone: nothing does. unreadable: it is no JSON, or too long. */
export type RawEvents = { events: RawEvent[] } | { none: "erased" | "gone" | "unreadable" };

/** Containers whose blobs hold events. */
export const eventContainers: ReadonlySet<ContainerName> = new Set(["events", "quarantine", "dead-letters"]);

export async function rawEvents(container: ContainerName, blob: string): Promise<RawEvents> {
  const found = await readJsonBlob(container, blob);
  if ("not" in found) {
    return { none: found.not === "there" ? "gone" : "unreadable" };
  }
  const { json, tombstone } = found;
  // What is left of an archived event has done what it did.
  if (tombstone !== undefined && (container === "events" || isStub(json))) return { none: "erased" };
  // What is left without a person is what somebody else said.
  const identity = /\.([0-9a-f]{64})\.json$/.exec(blob)?.[1];
  const redacted = tombstone !== undefined && identity !== undefined ? { identity, tombstone } : undefined;
  if (container === "quarantine")
    return isObject(json) ? { events: [{ ...quarantined(json, blob), redacted }] } : { none: "unreadable" };
  if (container === "events") return { events: [{ raw: json }] };
  return { events: lettersOf(json).map((letter) => deadLettered(letter, blob, tombstone)) };
}

function quarantined({ event, reasons }: Record<string, unknown>, blob: string): RawEvent {
  const codes = (Array.isArray(reasons) ? reasons : []).map((reason) => (isObject(reason) ? String(reason.code) : ""));
  return { raw: event, family: families.find((family) => family === blob.split("/")[0]), reasons: codes };
}

function deadLettered(letter: unknown, blob: string, tombstone: string | undefined): RawEvent {
  const subscription = (blob.split("/")[0] ?? "").toLowerCase();
  // Of the names that fit the longest: incomingCall before call.
  const [named] = families
    .filter((family) => subscription.includes(family.toLowerCase()))
    .sort((a, b) => b.length - a.length);
  const defined = definitionOf(`Microsoft.Communication.${typeOf(letter)}`)?.family;
  return { ...letterOf(letter, tombstone), family: defined ?? named, quarantine: true };
}
