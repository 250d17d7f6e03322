// What is in the storage of a deployed app. With a connection string it is looked at as the app does; else as whoever runs this, who has a role of
// their own or has none.
import { container } from "../../../src/storage/blobs.ts";
import { queueService } from "../../../src/storage/enqueue.ts";
import { inTime } from "../../../src/storage/onDemand.ts";
import { type Check, notChecked } from "../finding.ts";
import { isReference } from "../isReference.ts";
import { openTableService } from "../openTableService.ts";
import { queues } from "../queues.ts";
import { recordingsAtRisk } from "../recordingsAtRisk.ts";
import { grantToMe, type Role } from "../roles.ts";
import { accountName, byConnectionString } from "../storage.ts";
import { storageParts } from "../storageParts.ts";
import { ifStorageAnswers } from "../storageTime.ts";

const services = ["blob", "queue", "table"] as const;

export async function storageView(): Promise<Check[]> {
  if (isReference(process.env.AzureWebJobsStorage)) return [unseen("AzureWebJobsStorage is in Key Vault")];
  const inside = [...services.map((service) => storageParts(service, false)), queues(), recordingsAtRisk];
  if (byConnectionString()) return inside.map(ifStorageAnswers);
  if (await mayLook()) return inside;
  const roles = ["Blob", "Queue", "Table"].map((kind): Role => ({ name: `Storage ${kind} Data Reader`, id: "" }));
  const grants = roles.map((role) => grantToMe(role, accountName())).join("; ");
  return [unseen("you may not look into the storage account; the app's open problems tell the most of it", grants)];
}

const unseen = (why: string, mend?: string): Check => ({
  name: "containers, queues, tables, recordings",
  look: async () => [notChecked(why, mend)],
});

async function mayLook(): Promise<boolean> {
  try {
    await (await container("config")).exists({ abortSignal: inTime() });
    await (await queueService()).listQueues({ abortSignal: inTime() }).next();
    await (await openTableService()).listTables({ abortSignal: inTime() }).next();
    return true;
  } catch {
    return false;
  }
}
