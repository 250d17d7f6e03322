import { groupsOf } from "../../storage/groupsOf.ts";
import { eventsOfPerson, type PersonRow } from "../knowing/eventsOfPerson.ts";
import type { Subject } from "./finder.ts";

/** Events that are dealt with together. */
const pageSize = 32;

/** The person's rows, some at a time. Rows may be deleted on the way. */
export function readPages({ entities }: Pick<Subject, "entities">, after: string): AsyncGenerator<PersonRow[]> {
  return groupsOf(eventsOfPerson({ entities: [...entities] }, after), pageSize);
}
