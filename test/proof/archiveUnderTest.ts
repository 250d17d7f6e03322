import { TableClient } from "@azure/data-tables";
import type { InvocationContext } from "@azure/functions";
import { BlobServiceClient } from "@azure/storage-blob";
import { vi } from "vitest";
import { startStorageProxy } from "../../dev/azurite/startStorageProxy.ts";
import { openStore } from "../../dev/stack/store.ts";
import { seal } from "../../src/proof/seal.ts";
import type { Trusted } from "../../src/proof/verify/trust.ts";
import { type Totals, verifyArchive } from "../../src/proof/verify/verifyArchive.ts";
import { type Told, toldOf } from "../../src/telemetry/tell.ts";
import { emptyAzurite } from "../support/emptyAzurite.ts";

export type ArchiveUnderTest = Awaited<ReturnType<typeof archiveUnderTest>>;

/** An account that the code under test writes to in this process, by way of a proxy; and the clock of that code. */
export async function archiveUnderTest() {
  const azurite = await emptyAzurite();
  const proxy = await startStorageProxy();
  proxy.target = azurite.connectionString;
  vi.stubEnv("AzureWebJobsStorage", proxy.connectionString);
  // On the local stack the app goes by its own clock, which tests set.
  vi.stubEnv("ACS_SIMULATOR", "http://127.0.0.1:1");
  vi.useFakeTimers({ toFake: ["Date"] });
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
  const store = openStore(azurite.connectionString);
  const warned: string[] = [];
  const invocation = () => ({ warn: (line: string) => warned.push(line) }) as unknown as InvocationContext;
  /** Runs a timer's function; what its line of the log says. */
  const run = async (timer: (_: unknown, context: InvocationContext) => Promise<void>): Promise<Told> => {
    const context = invocation();
    await timer({}, context);
    return toldOf(context);
  };
  return {
    proxy,
    connectionString: azurite.connectionString,
    store,
    warned,
    invocation,
    run,
    seal: () => run(seal),
    blob: (container: string, name: string) => service.getContainerClient(container).getBlockBlobClient(name),
    /** Runs a verification; what it tells, and the sums. */
    async verify(trusted: Trusted = { heads: [] }): Promise<{ told: string[]; totals: Totals }> {
      const told: string[] = [];
      return { totals: await verifyArchive(trusted, (what) => told.push(what)), told };
    },
    /** Empties the account. */
    async clear(): Promise<void> {
      for await (const { name } of service.listContainers()) {
        for (const blob of await store.names(name)) await store.remove(name, blob);
      }
      for (const name of ["timeline", "ledger", "problems"]) {
        const table = TableClient.fromConnectionString(azurite.connectionString, name, {
          allowInsecureConnection: true,
        });
        const gone = (await store.rows(name)).map((row) => table.deleteEntity(row.partitionKey, row.rowKey));
        await Promise.all(gone);
      }
    },
    async close() {
      vi.useRealTimers();
      vi.unstubAllEnvs();
      proxy.close();
      await azurite.close();
    },
  };
}
