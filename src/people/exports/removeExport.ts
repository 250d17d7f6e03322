import { container } from "../../storage/blobs.ts";
import { tableKey } from "../../storage/keys.ts";
import { read, release } from "../../storage/ledger.ts";
import { listRows } from "../../storage/listRows.ts";
import { httpStatus, inTime } from "../../storage/onDemand.ts";
import { table } from "../../storage/tables.ts";
import { exportKey, folderOf, thingPartition } from "./rows.ts";

/** Deletes all of an export: its zips, what it noted, and at last its row, so that a crash on the way is mended by doing it again. */
export async function removeExport(exportId: string): Promise<void> {
  await removeParts(exportId);
  const partitionKey = tableKey(thingPartition(exportId).join(":"));
  const ledger = await table("ledger");
  for await (const { rowKey = "" } of listRows("ledger", `PartitionKey eq '${partitionKey}'`)) {
    await unlessGone(() => ledger.deleteEntity(partitionKey, rowKey, { abortSignal: inTime() }));
  }
  await unlessGone(async () => {
    const held = await read(exportKey(exportId));
    if (held) await release(exportKey(exportId), "*");
  });
  // A job that was at work meanwhile sees that the row is gone, or its part is seen here.
  await removeParts(exportId);
}

/** Deletes the zips of an export. */
export async function removeParts(exportId: string): Promise<void> {
  const exports = await container("exports");
  await unlessGone(async () => {
    for await (const { name } of exports.listBlobsFlat({ prefix: folderOf(exportId) })) {
      await exports.getBlobClient(name).deleteIfExists({ deleteSnapshots: "include", abortSignal: inTime() });
    }
  });
}

async function unlessGone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (httpStatus(error) !== 404) throw error;
  }
}
