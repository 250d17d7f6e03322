import { eventsOfPerson, type PersonRow } from "../knowing/eventsOfPerson.ts";
import type { Subject } from "./finder.ts";

/** Events that are dealt with together. */
const pageSize = 32;

/** The person's rows, some at a time. Rows may be deleted on the way. */
export async function* readPages({ entities }: Pick<Subject, "entities">, after: string): AsyncGenerator<PersonRow[]> {
  let page: PersonRow[] = [];
  for await (const row of eventsOfPerson({ entities: [...entities] }, after)) {
    page.push(row);
    if (page.length < pageSize) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
