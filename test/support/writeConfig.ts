import { BlobServiceClient } from "@azure/storage-blob";
import type { App } from "./startApp.ts";

/** Writes one of the owner's documents, and restarts the app, which would else look at it again only after half a minute. */
export async function writeConfig(app: App, name: string, content: unknown): Promise<void> {
  const service = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  const container = service.getContainerClient("config");
  await container.createIfNotExists();
  const text = typeof content === "string" ? content : JSON.stringify(content);
  await container.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));
  await app.host.restart();
}
