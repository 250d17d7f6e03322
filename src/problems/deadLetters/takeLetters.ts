// What a blob of dead letters still needs. An event that is in the archive came another way, or got stuck on its way through the app: it
// is sent through again, which does what is left of it and nothing twice. One that is not there waits for a person.
import { AcsEventsError } from "../../events/errors.ts";
import { printable } from "../../events/printable.ts";
import { raiseProblem, resolveProblem } from "../../storage/problems.ts";
import { readJsonBlob } from "../../storage/readJsonBlob.ts";
import { previewEvent } from "../replay/previewEvent.ts";
import { replayEvent } from "../replay/replayEvent.ts";
import { eventOf, lettersOf, reasonOf, typeOf } from "./deadLetter.ts";
import { deadLetterProblem } from "./deadLetterProblem.ts";

/** Kinds of events that a problem names. */
const maxNamed = 5;

/**
 * Looks at a blob of dead letters.
 * @param said what its open problem says; one that says the same is not raised again
 * @returns whether a person has to look at it too; then a problem says so
 */
export async function takeLetters(blob: string, said?: string): Promise<boolean> {
  const found = await readJsonBlob("dead-letters", blob);
  const advice = "not" in found ? adviceOnBlob(found.not, blob) : await adviceOnLetters(lettersOf(found.json), blob);
  if (advice === undefined) await resolveProblem(deadLetterProblem(blob));
  else if (advice !== said)
    await raiseProblem({ ...deadLetterProblem(blob), advice, source: { container: "dead-letters", blob } });
  return advice !== undefined;
}

/** Tells of a blob that has no place in Event Grid's layout. @returns false: it does not settle by itself */
export async function raiseStray(blob: string): Promise<boolean> {
  const advice =
    "This is not where Event Grid writes: {SUBSCRIPTION}/{yyyy}/{M}/{d}/{H}/{guid}.json. Find out who put it there, and move it; if it is an event, replay this problem.";
  await raiseProblem({ ...deadLetterProblem(blob), advice, source: { container: "dead-letters", blob } });
  return false;
}

function adviceOnBlob(not: "there" | "short" | "JSON", blob: string): string | undefined {
  if (not === "there") return undefined;
  const what = not === "short" ? "it is too long" : "it is no JSON";
  return `${subscriptionOf(blob)}: ${what}, so Event Grid did not write it. Find out who did, and move it elsewhere.`;
}

async function adviceOnLetters(letters: readonly unknown[], blob: string): Promise<string | undefined> {
  const kinds = new Map<string, number>();
  let left = 0;
  for (const letter of letters) {
    if (await isTakenIn(eventOf(letter))) continue;
    left++;
    const kind = `${typeOf(letter)} (${reasonOf(letter)})`;
    if (kinds.size < maxNamed || kinds.has(kind)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  if (left === 0) return undefined;
  const named = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(", ");
  return `${subscriptionOf(blob)}: ${named}. Mend why it could not be delivered, then replay this problem: the events never reached the archive, or not all that they ask for was done.`;
}

/** Whether an event is in the archive, and all that is to be done with it on its way in is done now. */
async function isTakenIn(raw: unknown): Promise<boolean> {
  try {
    const { state } = await previewEvent(raw);
    if (state === "kept") await replayEvent(raw, { commit: true });
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
