import { TableServiceClient } from "@azure/data-tables";
import { retryOptions, storageAccount } from "../../src/storage/account.ts";

/** The table service of the account that the settings name: the app itself knows its tables only. */
export async function openTableService(): Promise<TableServiceClient> {
  const { connectionString, endpoint, credential } = storageAccount();
  return connectionString === undefined
    ? new TableServiceClient(endpoint("table"), await credential(), { retryOptions })
    : TableServiceClient.fromConnectionString(connectionString, { allowInsecureConnection: true, retryOptions });
}
