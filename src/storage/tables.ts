import type { TableClient } from "@azure/data-tables";
import { retryOptions, storageAccount } from "./account.ts";

/** What is kept where; the table in docs/storage.md says what each holds. */
export type TableName = "timeline" | "ledger" | "problems";

const clients = new Map<TableName, Promise<TableClient>>();

async function open(name: TableName): Promise<TableClient> {
  const account = storageAccount();
  const { TableClient } = await import("@azure/data-tables");
  return account.connectionString
    ? TableClient.fromConnectionString(account.connectionString, name, { allowInsecureConnection: true, retryOptions })
    : new TableClient(account.endpoint("table"), name, await account.credential(), { retryOptions });
}

/** The client of one of the app's tables. */
export function table(name: TableName): Promise<TableClient> {
  const known = clients.get(name);
  if (known) return known;
  const client = open(name);
  clients.set(name, client);
  client.catch(() => clients.delete(name));
  return client;
}
