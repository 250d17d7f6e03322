// The job of queue `person-exports`: builds one zip of an export, and asks for the next.
import type { InvocationContext } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { settingOrDefault } from "../../config.ts";
import type { PersonExportJob } from "../../intake/jobs.ts";
import { enqueue } from "../../storage/enqueue.ts";
import { lostRace, read, settle } from "../../storage/ledger.ts";
import { tell } from "../../telemetry/tell.ts";
import { buildPart, builtPart } from "./buildPart.ts";
import { removeParts } from "./removeExport.ts";
import { type Counts, day, type ExportRow, exportKey } from "./rows.ts";

/** Zips that are built at once in this process: each has some 10 MB in memory. */
const places = new Semaphore(4);

export async function buildExport({ exportId, part }: PersonExportJob, context: InvocationContext): Promise<void> {
  const held = await read<ExportRow>(exportKey(exportId));
  if (!held) {
    // It was deleted; so is what was built meanwhile.
    await removeParts(exportId);
    return tell(context, "the export is gone");
  }
  const { row, etag } = held;
  if (row.part !== part) {
    // A crash before the next job was on its way: this one asks for it again.
    if (row.part === part + 1 && row.state === "running") await enqueue("person-exports", { exportId, part: part + 1 });
    return tell(context, "this part is there");
  }
  const built = (await builtPart(exportId, part)) ?? (await places.runExclusive(() => buildPart(row)));
  const counts = JSON.parse(row.counts) as Counts;
  for (const [kind, number] of Object.entries(built.counts)) counts[kind] = (counts[kind] ?? 0) + number;
  const change: Partial<ExportRow> = {
    state: built.next ? "running" : "done",
    part: part + 1,
    cursor: JSON.stringify(built.next ?? {}),
    counts: JSON.stringify(counts),
    sizes: JSON.stringify([...(JSON.parse(row.sizes) as number[]), built.bytes]),
    expiresAt: new Date(Date.now() + settingOrDefault("EXPORT_DAYS") * day),
  };
  try {
    await settle(exportKey(exportId), etag, change);
  } catch (error) {
    if (!lostRace(error)) throw error;
    // Another job was first, or the export was deleted: as the row is now.
    return buildExport({ exportId, part }, context);
  }
  if (built.next) await enqueue("person-exports", { exportId, part: part + 1 });
  tell(context, { outcome: "built", part, bytes: built.bytes });
}
