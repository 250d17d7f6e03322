// What a blob of dead letters still needs. An event that is in the archive came another way, or got stuck on its way through the app: it
// is sent through again, which does what is left of it and nothing twice. One that is not there waits for a person.
import { setting } from "../../config.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { printable } from "../../events/printable.ts";
import { eraseLate } from "../../people/erasure/eraseLate.ts";
import { raiseProblem, resolveProblem } from "../../storage/problems.ts";
import { readJsonBlob } from "../../storage/readJsonBlob.ts";
import { previewEvent } from "../replay/previewEvent.ts";
import { replayEvent } from "../replay/replayEvent.ts";
import { letterOf, lettersOf, reasonOf, typeOf } from "./deadLetter.ts";
import { deadLetterProblem } from "./deadLetterProblem.ts";
import { type TakenLetters, takenLetters } from "./takenLetters.ts";

/** Kinds of events that a problem names. */
const maxNamed = 5;

export interface Looked {
  /** A person has to look at it too; a problem says so. */
  open: boolean;
  /** Which of its letters were taken in (takenLetters.ts). */
  taken?: string;
}

/**
 * Looks at a blob of dead letters.
 * @param before what its open problem says, and what the look before this one found: a letter that was taken in is not looked at again
 */
export async function takeLetters(blob: string, before: { advice?: string; taken?: string } = {}): Promise<Looked> {
  let found = await readJsonBlob("dead-letters", blob);
  const isNew = before.advice === undefined && "json" in found;
  if (isNew && (await eraseLate(blob))) found = await readJsonBlob("dead-letters", blob);
  const letters = "not" in found ? [] : lettersOf(found.json);
  const taken = takenLetters(before.taken, letters.length);
  const advice =
    "not" in found
      ? adviceOnBlob(found.not, blob)
      : await adviceOnLetters(letters, { blob, tombstone: found.tombstone }, taken);
  if (advice === undefined) await resolveProblem(deadLetterProblem(blob));
  else if (advice !== before.advice)
    await raiseProblem({ ...deadLetterProblem(blob), advice, source: { container: "dead-letters", blob } });
  return { open: advice !== undefined, taken: taken.text() };
}

/** Tells of a blob that has no place in Event Grid's layout. It does not settle by itself. */
export async function raiseStray(blob: string): Promise<Looked> {
  const advice =
    "This is not where Event Grid writes: {SUBSCRIPTION}/{yyyy}/{M}/{d}/{H}/{guid}.json. Find out who put it there, and move it; if it is an event, replay this problem.";
  await raiseProblem({ ...deadLetterProblem(blob), advice, source: { container: "dead-letters", blob } });
  return { open: false };
}

function adviceOnBlob(not: "there" | "short" | "JSON", blob: string): string | undefined {
  if (not === "there") return undefined;
  const what = not === "short" ? "it is too long" : "it is no JSON";
  return `${subscriptionOf(blob)}: ${what}, so Event Grid did not write it. Find out who did, and move it elsewhere.`;
}

async function adviceOnLetters(
  letters: readonly unknown[],
  { blob, tombstone }: { blob: string; tombstone: string | undefined },
  taken: TakenLetters,
): Promise<string | undefined> {
  const kinds = new Map<string, number>();
  let left = 0;
  for (const [index, letter] of letters.entries()) {
    if (!taken.has(index) && (await isTakenIn(letterOf(letter, tombstone)))) taken.add(index);
    if (taken.has(index)) continue;
    left++;
    const kind = `${typeOf(letter)} (${reasonOf(letter)})`;
    if (kinds.size < maxNamed || kinds.has(kind)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  if (left === 0) return undefined;
  const named = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(", ");
  return `${subscriptionOf(blob)}: ${named}. Mend why it could not be delivered, then replay this problem: the events never reached the archive, or not all that they ask for was done.`;
}

/** Whether an event is in the archive, and all that is to be done with it on its way in is done now. */
async function isTakenIn({ raw, redacted }: ReturnType<typeof letterOf>): Promise<boolean> {
  try {
    const { state } = await previewEvent(raw, setting("ALLOWED_TOPICS"), redacted);
    if (state === "kept") await replayEvent({ raw, redacted, quarantine: true }, true);
    return state === "kept" || state === "erased";
  } catch (error) {
    // What keeps it from being taken in keeps it on the list.
    if (error instanceof AcsEventsError) return false;
    throw error;
  }
}

function subscriptionOf(blob: string): string {
  return printable(blob.split("/")[0] ?? "", 80);
}
