import { isObject } from "../../events/json.ts";
import { Rejected } from "../../events/rejected.ts";
import { tryAccept } from "../../events/tryAccept.ts";
import type { Finder } from "./finder.ts";
import { judge } from "./planEvent.ts";
import { redactEvent } from "./redactEvent.ts";
import { redactJson } from "./redactJsonBlob.ts";
import { keep, textIsHeld, type Work } from "./work.ts";

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
function lettersIn(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : isObject(value) ? [value] : undefined;
  } catch {
    return undefined;
  }
}

async function letterWithout(work: Work, letter: unknown): Promise<unknown> {
  const text = JSON.stringify(letter) ?? "";
  if (!work.finder.finds(text)) return letter;
  const event = tryAccept(letter);
  if (event instanceof Rejected) {
    if (textIsHeld(work, text)) return letter;
    const words = inWordsOnly(work.finder, text);
    return words ? (JSON.parse(redactJson(text, work.finder.redact)) as unknown) : undefined;
  }
  const hold = work.held.ofEvent(event);
  if (hold !== undefined) {
    keep(work, hold);
    return letter;
  }
  return (await judge(work, event)) === "erased" ? undefined : redactEvent(event, work.finder);
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
