import type { BlobServiceClient, ContainerClient } from "@azure/storage-blob";
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

let service: Promise<BlobServiceClient> | undefined;

async function open() {
  const account = storageAccount();
  const { BlobServiceClient } = await import("@azure/storage-blob");
  return account.connectionString
    ? BlobServiceClient.fromConnectionString(account.connectionString, { retryOptions })
    : new BlobServiceClient(account.endpoint("blob"), await account.credential(), { retryOptions });
}

/** The blob service of the account. */
export async function blobService(): Promise<BlobServiceClient> {
  service ??= open();
  try {
    return await service;
  } catch (error) {
    service = undefined;
    throw error;
  }
}

/** The client of one of the app's containers. */
export async function container(name: ContainerName): Promise<ContainerClient> {
  return (await blobService()).getContainerClient(name);
}
