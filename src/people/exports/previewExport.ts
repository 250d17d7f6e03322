import type { JsonObject } from "../../events/json.ts";
import type { JobPreview } from "../../intake/jobPreview.ts";
import { read } from "../../storage/ledger.ts";
import { type ExportRow, exportKey } from "./rows.ts";

/** How the export of a job of queue `person-exports` stands. */
export async function previewExport({ exportId, part }: JsonObject): Promise<JobPreview> {
  const row = typeof exportId === "string" ? (await read<ExportRow>(exportKey(exportId)))?.row : undefined;
  if (!row) return { done: true, says: "the export is gone" };
  if (row.state === "done" || row.part > Number(part) + 1) return { done: true, says: "its part is there" };
  return { done: false, says: "the export goes on" };
}
