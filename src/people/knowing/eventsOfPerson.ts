import type { Entity } from "../../events/entities.ts";
import { firstRows } from "../../storage/firstRows.ts";
import { tableKey } from "../../storage/keys.ts";
import type { TimelineRow } from "../../storage/readTimeline.ts";
import type { Person } from "./resolvePerson.ts";

export interface PersonRow extends TimelineRow {
  /** The name under which it stands: the first of the person's, when several have it. */
  entity: Entity;
  family?: string;
}

/** Rows that are in memory at once, of all names together. */
const maxRows = 1_000;

/**
 * All rows of a person's timelines in order of time, each event once however many of the person's names it has: rows of one event have
 * one key in all of them. Rows may be deleted on the way.
 * @param after row key after which to begin
 */
export async function* eventsOfPerson({ entities }: Pick<Person, "entities">, after = ""): AsyncGenerator<PersonRow> {
  const pageSize = Math.max(10, Math.floor(maxRows / entities.length));
  const heads = await Promise.all(entities.map(async (entity) => headOf(rowsOf(entity, after, pageSize))));
  for (;;) {
    const [least] = heads.flatMap((head) => (head.row ? [head.row.rowKey] : [])).sort();
    if (least === undefined) return;
    const same = heads.filter(({ row }) => row?.rowKey === least);
    const [first] = same;
    if (first?.row) yield first.row;
    await Promise.all(same.map((head) => head.next()));
  }
}

interface Head {
  row: PersonRow | undefined;
  next(): Promise<void>;
}

async function headOf(rows: AsyncGenerator<PersonRow>): Promise<Head> {
  const head: Head = {
    row: undefined,
    async next() {
      const { value, done } = await rows.next();
      head.row = done ? undefined : value;
    },
  };
  await head.next();
  return head;
}

async function* rowsOf(entity: Entity, begin: string, pageSize: number): AsyncGenerator<PersonRow> {
  let after = begin;
  for (let left = true; left; ) {
    const rows = await firstRows<TimelineRow>("timeline", { partitionKey: tableKey(entity), after }, pageSize);
    for (const row of rows) yield { ...row, entity };
    after = rows.at(-1)?.rowKey ?? after;
    left = rows.length === pageSize;
  }
}
