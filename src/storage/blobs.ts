import type { ContainerClient } from "@azure/storage-blob";
import { retryOptions, storageAccount } from "./account.ts";

/** What is kept where; the table in docs/storage.md says what each holds. */
export type ContainerName =
  | "events"
  | "quarantine"
  | "recordings"
  | "dead-letters"
  | "config"
  | "seals"
  | "exports"
  | "tombstones";

let service: Promise<import("@azure/storage-blob").BlobServiceClient> | undefined;

async function open() {
  const account = storageAccount();
  const { BlobServiceClient } = await import("@azure/storage-blob");
  return account.connectionString
    ? BlobServiceClient.fromConnectionString(account.connectionString, { retryOptions })
    : new BlobServiceClient(account.endpoint("blob"), await account.credential(), { retryOptions });
}

/** The client of one of the app's containers. */
export async function container(name: ContainerName): Promise<ContainerClient> {
  service ??= open();
  try {
    return (await service).getContainerClient(name);
  } catch (error) {
    service = undefined;
    throw error;
  }
}
