import type { InvocationContext, Timer } from "@azure/functions";
import { readAll } from "../../storage/ledger.ts";
import { tell } from "../../telemetry/tell.ts";
import { removeExport } from "./removeExport.ts";
import { type ExportRow, exportPartition } from "./rows.ts";

/** The timer: deletes the exports whose time is over. Again changes nothing. */
export async function expireExports(_timer: Timer, context: InvocationContext): Promise<void> {
  let removed = 0;
  for await (const { row } of readAll<ExportRow>(exportPartition)) {
    if (row.expiresAt.getTime() > Date.now()) continue;
    await removeExport(row.exportId);
    removed++;
  }
  tell(context, { outcome: "done", deleted: removed });
}
