import { readFile } from "node:fs/promises";
import { blobService } from "../../src/storage/blobs.ts";
import { queueService } from "../../src/storage/enqueue.ts";
import { inTime } from "../../src/storage/onDemand.ts";
import { type Check, ok, problem, type Said } from "./finding.ts";
import { openTableService } from "./openTableService.ts";
import { accountName, byConnectionString, type StorageService } from "./storage.ts";
import { storageFailure } from "./storageFailure.ts";

const file = new URL("../../infra/storage.json", import.meta.url);

/** The names of queues, with their poison queues. */
export async function namesOfParts(): Promise<Record<StorageService, string[]>> {
  const { containers, tables, queues } = JSON.parse(await readFile(file, "utf8")) as Record<
    "containers" | "tables" | "queues",
    string[]
  >;
  return { blob: containers, table: tables, queue: queues.flatMap((name) => [name, `${name}-poison`]) };
}

const kinds: Record<StorageService, { plural: string; command: string; list: () => Promise<string[]> }> = {
  blob: {
    plural: "containers",
    command: "container",
    list: async () => namesIn((await blobService()).listContainers({ abortSignal: inTime() })),
  },
  queue: {
    plural: "queues",
    command: "queue",
    list: async () => namesIn((await queueService()).listQueues({ abortSignal: inTime() })),
  },
  table: {
    plural: "tables",
    command: "table",
    list: async () => namesIn((await openTableService()).listTables({ abortSignal: inTime() })),
  },
};

/**
 * Whether all containers, queues and tables are there.
 * @param atFirstUse they need not be: on a laptop the app makes each when it needs it. A deployment makes all of them, so one that is missing
 * was deleted; and Event Grid makes no container for its dead letters.
 */
export function storageParts(service: StorageService, atFirstUse: boolean): Check {
  const { plural, command, list } = kinds[service];
  return {
    name: plural,
    look: async () => {
      try {
        const [wanted, there] = await Promise.all([namesOfParts(), list()]);
        const missing = wanted[service].filter((name) => !there.includes(name));
        if (missing.length === 0) return [ok(`all ${wanted[service].length} are there`)];
        if (atFirstUse) return [ok(`${missing.length} of ${wanted[service].length} are made at their first use`)];
        return missing.map((name): Said => {
          const auth = byConnectionString()
            ? '--connection-string "$AzureWebJobsStorage"'
            : `--auth-mode login --account-name ${accountName()}`;
          return problem(
            `${name} is not there`,
            `azd provision, or: az storage ${command} create --name ${name} ${auth}`,
          );
        });
      } catch (error) {
        return [storageFailure(error, service, `list ${plural}`)];
      }
    },
  };
}

async function namesIn(items: AsyncIterable<{ name?: string }>): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of items) if (name !== undefined) names.push(name);
  return names;
}
