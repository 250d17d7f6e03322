// A process of its own that copies bytes from its memory with the app's own loop: what a download is measured against.
// Reads `{ connectionString, blob, bytes }` from its arguments, and prints the seconds.
import { BlobServiceClient } from "@azure/storage-blob";
import { copyContent } from "../src/recordings/archiving/copyContent.ts";

const { connectionString, blob, bytes } = JSON.parse(process.argv[2] ?? "{}") as {
  connectionString: string;
  blob: string;
  bytes: number;
};
const recordings = BlobServiceClient.fromConnectionString(connectionString).getContainerClient("recordings");
const page = Buffer.alloc(64 * 1024, "acs-events");

async function* body(): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < bytes; sent += page.length) yield page;
}

const started = performance.now();
const open = async () => ({ body: body(), offset: 0, length: bytes, contentType: "video/mp4" });
await copyContent(open, recordings.getBlockBlobClient(blob), "video/mp4", async () => true);
console.log((performance.now() - started) / 1000);
