import { AcsEventsError } from "../../events/errors.ts";
import { bounded } from "../../http/pageQuery.ts";
import { newestRows } from "./newestRows.ts";
import { optOutsOf } from "./optOutsOf.ts";
import type { Person } from "./resolvePerson.ts";

/**
 * Passes when anything is held about a person: another name, a row, an opt-out.
 * @throws AcsEventsError ACS_EVENTS_UNKNOWN_PERSON (404)
 */
export async function requireHeld({ entities }: Person): Promise<void> {
  if (entities.length > 1) return;
  const before = new Date(bounded({}).to).toISOString().slice(0, 23);
  if ((await newestRows(entities, { before }, 1)).length > 0) return;
  if ((await optOutsOf(entities)).value.length > 0) return;
  throw new AcsEventsError(
    "ACS_EVENTS_UNKNOWN_PERSON",
    "Nothing is held about this person, as far as the identifier tells. PUT …/aliases joins identifiers that are one person's.",
    { status: 404, target: "identifier" },
  );
}
