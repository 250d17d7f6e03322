import type { InvocationContext } from "@azure/functions";
import { raisePoisoned } from "../../intake/raisePoisoned.ts";
import { lostRace, read, settle } from "../../storage/ledger.ts";
import { type ExportRow, exportKey } from "./rows.ts";

/** The handler of the poison queue of `person-exports`: the export has failed, and whoever asks for it is told so. */
export async function giveUpExport(job: unknown, context: InvocationContext): Promise<void> {
  const { exportId } = (typeof job === "object" && job !== null ? job : {}) as { exportId?: unknown };
  const held = typeof exportId === "string" ? await read<ExportRow>(exportKey(exportId)) : undefined;
  if (held && held.row.state !== "done") {
    await settle(exportKey(held.row.exportId), held.etag, { state: "failed" }).catch((error) => {
      if (!lostRace(error)) throw error;
    });
  }
  await raisePoisoned("buildPersonExport")(job, context);
}
