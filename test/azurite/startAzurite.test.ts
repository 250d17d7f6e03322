import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TableServiceClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import { expect, it } from "vitest";
import { startAzurite } from "../../dev/azurite/startAzurite.ts";

it("starts three services that answer, and ends", async () => {
  const azurite = await startAzurite();
  await BlobServiceClient.fromConnectionString(azurite.connectionString).createContainer("events");
  await QueueServiceClient.fromConnectionString(azurite.connectionString).createQueue("jobs");
  await TableServiceClient.fromConnectionString(azurite.connectionString, {
    allowInsecureConnection: true,
  }).createTable("timeline");
  await azurite.close();
  await expect(fetch(azurite.blobEndpoint)).rejects.toThrow();
  await azurite.close();
});

it("keeps the data of a folder from one run to the next", async () => {
  const dir = await mkdtemp(join(tmpdir(), "azurite-"));
  try {
    const first = await startAzurite({ dir });
    await BlobServiceClient.fromConnectionString(first.connectionString).createContainer("events");
    await first.close();

    const second = await startAzurite({ dir });
    await expect(startAzurite({ dir })).rejects.toThrow("in use by process");
    const client = BlobServiceClient.fromConnectionString(second.connectionString).getContainerClient("events");
    expect(await client.exists()).toBe(true);
    await second.close();
  } finally {
    await rm(dir, { recursive: true });
  }
});
