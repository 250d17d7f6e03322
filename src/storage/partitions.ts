import { firstPartition } from "./firstPartition.ts";
import type { TableName } from "./tables.ts";

/** The partitions of a table that begin with a text, by their keys as they are written, at one call each. */
export async function* partitions(name: TableName, prefix: string): AsyncGenerator<string> {
  const end = `${prefix}\uffff`;
  // No key lies between a key and the same with a space behind it: none has a character below a space.
  for (let from = prefix; ; ) {
    const found = await firstPartition(name, from, end);
    if (found === undefined) return;
    yield found;
    from = `${found} `;
  }
}
