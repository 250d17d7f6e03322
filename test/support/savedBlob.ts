import { createHash } from "node:crypto";
import { BlobServiceClient } from "@azure/storage-blob";
import type { App } from "./startApp.ts";

/** What a blob of container `recordings` really holds. */
export async function savedBlob(app: App, name: string) {
  const service = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  const blob = service.getContainerClient("recordings").getBlobClient(name);
  const { contentType } = await blob.getProperties();
  return {
    contentType,
    sha256: createHash("sha256")
      .update(await blob.downloadToBuffer())
      .digest("hex"),
  };
}
