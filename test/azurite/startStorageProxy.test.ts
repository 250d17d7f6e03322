import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import { expect, it } from "vitest";
import { startAzurite } from "../../dev/azurite/startAzurite.ts";
import { type StorageFault, startStorageProxy } from "../../dev/azurite/startStorageProxy.ts";

it("asks for each request what becomes of it, and tells of each answer", async () => {
  const [azurite, proxy] = await Promise.all([startAzurite(), startStorageProxy()]);
  proxy.target = azurite.connectionString;
  const retryOptions = { maxTries: 1 };
  const blobs = BlobServiceClient.fromConnectionString(proxy.connectionString, { retryOptions });
  const queues = QueueServiceClient.fromConnectionString(proxy.connectionString, { retryOptions });
  const asked: unknown[] = [];
  const faults: Record<string, StorageFault> = { broken: "closed", lost: "lost" };
  proxy.faults = (request) => {
    asked.push(request);
    return request.service === "Queue" ? "unavailable" : (faults[request.path.split("/").at(-1) ?? ""] ?? "pass");
  };
  const answered: unknown[] = [];
  proxy.answered = ({ path }, status, heard) => answered.push([path, status, heard]);
  await blobs.createContainer("whole");
  await expect(blobs.createContainer("broken")).rejects.toMatchObject({ code: "ECONNRESET" });
  await expect(blobs.createContainer("lost")).rejects.toMatchObject({ code: "ECONNRESET" });
  await expect(queues.createQueue("jobs")).rejects.toMatchObject({ statusCode: 503 });
  expect(asked).toEqual([
    { service: "Blob", method: "PUT", path: "/devstoreaccount1/whole", query: "restype=container" },
    { service: "Blob", method: "PUT", path: "/devstoreaccount1/broken", query: "restype=container" },
    { service: "Blob", method: "PUT", path: "/devstoreaccount1/lost", query: "restype=container" },
    { service: "Queue", method: "PUT", path: "/devstoreaccount1/jobs", query: "timeout=30" },
  ]);
  expect(answered).toEqual([
    ["/devstoreaccount1/whole", 201, true],
    ["/devstoreaccount1/lost", 201, false],
  ]);
  proxy.close();
  await azurite.close();
});
