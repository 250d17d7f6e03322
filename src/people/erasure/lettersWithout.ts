import type { AcsEvent } from "../../events/acsEvent.ts";
import { identityOf } from "../../events/identity.ts";
import { isObject } from "../../events/json.ts";
import { Rejected } from "../../events/rejected.ts";
import { tryAccept } from "../../events/tryAccept.ts";
import { cameAfter } from "./cameAfter.ts";
import type { Finder } from "./finder.ts";
import { keepOut } from "./keepOut.ts";
import { judge } from "./planEvent.ts";
import { redactEvent } from "./redactEvent.ts";
import { redactJson } from "./redactJsonBlob.ts";
import { keep, textIsHeld, type Work } from "./work.ts";

/** Member of a dead letter out of which a person was taken: the identity that its event had, under which it must come in. */
export const formerIdentity = "acsEventsIdentity";

export function formerIdentityOf(letter: unknown): string | undefined {
  const identity = isObject(letter) ? letter[formerIdentity] : undefined;
  return typeof identity === "string" && /^[0-9a-f]{64}$/.test(identity) ? identity : undefined;
}

/**
 * The events of a dead letter without the person: those of the person alone are taken out, of others the person is. What cannot be read, as
 * it was cut, stays without the person's ids: it may be mended by hand.
 */
export async function lettersWithout(work: Work, text: string): Promise<string> {
  const letters = lettersIn(text.replace(/^\ufeff/, ""));
  if (letters === undefined) return textIsHeld(work, text) ? text : work.finder.redact(text);
  const left: unknown[] = [];
  for (const letter of letters) {
    const kept = await letterWithout(work, letter);
    if (kept !== undefined) left.push(kept);
  }
  return JSON.stringify(left);
}

/** Event Grid writes a list, or one event; undefined for what is neither. */
export function lettersIn(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : isObject(value) ? [value] : undefined;
  } catch {
    return undefined;
  }
}

async function letterWithout(work: Work, letter: unknown): Promise<unknown> {
  const text = JSON.stringify(letter) ?? "";
  if (!work.finder.finds(text) || cameAfter(work, letter)) return letter;
  const event = tryAccept(letter);
  if (event instanceof Rejected) {
    if (textIsHeld(work, text)) return letter;
    const words = inWordsOnly(work.finder, text);
    return words ? marked(JSON.parse(redactJson(text, work.finder.redact)), letter) : undefined;
  }
  const hold = work.held.ofEvent(event);
  if (hold !== undefined) {
    keep(work, hold);
    return letter;
  }
  if ((await judge(work, event)) !== "erased") {
    const left = redactEvent(event, work.finder);
    return left === event.raw ? letter : marked(left, letter);
  }
  await keepOut(work, { ...event, identity: identityIn(letter) });
  return undefined;
}

function marked(left: unknown, letter: unknown): unknown {
  return isObject(left) ? { ...left, [formerIdentity]: identityIn(letter) } : left;
}

const identityIn = (letter: unknown) => formerIdentityOf(letter) ?? identityOf(letter);

/** An event that would be taken in; undefined for what would not. */
export function accepted(raw: unknown): AcsEvent | undefined {
  const event = tryAccept(raw);
  return event instanceof Rejected ? undefined : event;
}

/** Whether a document of unknown shape names the person only in somebody's words. */
export function inWordsOnly(finder: Finder, text: string): boolean {
  try {
    const rest = JSON.stringify(JSON.parse(text), (name, value: unknown) =>
      /^(message|messageBody|content)$/i.test(name) && typeof value === "string" ? undefined : value,
    );
    return !finder.finds(rest ?? "");
  } catch {
    return false;
  }
}
