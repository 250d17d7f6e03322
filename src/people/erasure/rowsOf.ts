import { fragmentOf } from "../../calls/threads/fragmentOf.ts";
import { rowsOf as chatRows } from "../../calls/threads/rows.ts";
import type { AcsEvent } from "../../events/acsEvent.ts";
import { namesIn, timelineOf } from "../../events/callName.ts";
import type { RowKey } from "../../storage/deleteRows.ts";
import { tableKey } from "../../storage/keys.ts";
import { arrivedRow, rowKeyOf } from "../../storage/timeline.ts";

/** The rows of table `timeline` that tell of an event alone. The lists of threads and calls are not among them: they name nobody. */
export function rowsOf(event: AcsEvent, blob: string, storedAt: Date): RowKey[] {
  const names: string[] = [...event.entities, ...namesIn(event).slice(0, 1).map(timelineOf)];
  const fragment = event.family === "chat" ? fragmentOf(event) : undefined;
  const { threadId } = event.data;
  const said = fragment && typeof threadId === "string" ? chatRows(threadId, fragment, blob, storedAt) : [];
  return [
    ...[...new Set(names)].map((name) => ({ partitionKey: tableKey(name), rowKey: rowKeyOf(event) })),
    arrivedRow(event.family, storedAt, event.identity, {}),
    ...said.filter(({ rowKey }) => /^[fc]_/.test(rowKey)),
  ].map(({ partitionKey, rowKey }) => ({ partitionKey, rowKey }));
}
