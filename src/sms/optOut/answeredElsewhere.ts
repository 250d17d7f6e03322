import type { NumberKind } from "../numberKind.ts";
import type { OptOutWord } from "./optOutWords.ts";

/**
 * Whether a word sent to a number of ours is answered before it reaches the app; a second answer is what gets a sender blocked.
 * Toll-free numbers: the carriers answer STOP and START, and nobody can have them not do it; HELP is left to us. Short codes: ACS answers
 * all three from the program brief, unless its owner chose to do it. Long codes (10DLC): nobody does.
 * https://learn.microsoft.com/azure/communication-services/concepts/sms/sms-faq#opt-out-handling
 * @param kind what was texted
 * @param shortCode the setting SHORT_CODE_OPT_OUT
 */
export function answeredElsewhere(kind: NumberKind, word: OptOutWord, shortCode: "acs" | "app"): boolean {
  if (kind === "tollFree") return word !== "help";
  return kind === "shortCode" && shortCode === "acs";
}
