import type { AcsEvent } from "./acsEvent.ts";
import { Rejected } from "./rejected.ts";
import { tryAccept } from "./tryAccept.ts";

/** The event in what a blob holds; undefined when it is no JSON, or no event that this version of the app accepts. */
export function eventIn(content: Buffer): AcsEvent | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(content.toString("utf8"));
  } catch {
    return undefined;
  }
  const accepted = tryAccept(raw);
  return accepted instanceof Rejected ? undefined : accepted;
}
