// Where the stories are played: two instances of the app on one storage account, which they reach through a proxy.
import { createHash } from "node:crypto";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient } from "@azure/storage-queue";
import { startStorageProxy } from "../azurite/startStorageProxy.ts";
import { startStack } from "../stack/startStack.ts";
import { openStore } from "../stack/store.ts";

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** So short that six tries follow at once, and a job that waits for half an hour is away for a second. */
const delayScale = 0.0006;

/** What recordings do not need: each queue costs two hosts some fifty looks a second. */
const unneeded = [
  "sendAutoReply",
  "sendOutbox",
  "watchOutbox",
  "syncOptOut",
  "startAutoRecording",
  "relayRecordingState",
];
const disabled = unneeded.flatMap((name) => [name, `${name}Poison`]);

/** @param log gets what the hosts and the app say */
export async function openStage(log: (line: string) => void) {
  const proxy = await startStorageProxy();
  const settings = {
    AzureWebJobsStorage: proxy.connectionString,
    RECORDING_JOB_TIME: "1",
    ...Object.fromEntries(disabled.map((name) => [`AzureWebJobs.${name}.Disabled`, "true"])),
  };
  const stack = await startStack({ instances: 2, delayScale, settings, log });
  proxy.target = stack.addresses.storageConnectionString;
  const store = openStore(stack.addresses.storageConnectionString);
  const blobs = BlobServiceClient.fromConnectionString(stack.addresses.storageConnectionString);
  const queues = QueueServiceClient.fromConnectionString(stack.addresses.storageConnectionString);
  const known = new Set<string>();
  let aheadMs = 0;
  return {
    stack,
    proxy,
    store,
    /** The time that the app and ACS have, in milliseconds since 1970. */
    now: () => Date.now() + aheadMs,
    /** Lets so many milliseconds pass for the app and ACS. */
    async pass(ms: number) {
      aheadMs += ms;
      await stack.moveClock(aheadMs);
    },
    /** The SHA-256 of what a blob of container `recordings` really holds. */
    async hashOf(name: string): Promise<string> {
      const content = await blobs.getContainerClient("recordings").getBlobClient(name).downloadToBuffer();
      return createHash("sha256").update(content).digest("hex");
    },
    /** Problems that were not there when this was asked last. */
    async newProblems() {
      const found = (await store.problems()).filter(({ rowKey }) => !known.has(rowKey));
      for (const { rowKey } of found) known.add(rowKey);
      return found.map(({ partitionKey, cause, raw }) => ({
        kind: partitionKey,
        cause: String(cause),
        raw: String(raw),
      }));
    },
    async emptyDownloads() {
      await queues.getQueueClient("recording-downloads").clearMessages();
    },
    /** Asks the simulator's control addresses, e.g. `faults`. */
    async simulator<T>(method: string, path: string, body?: unknown): Promise<T | undefined> {
      const answer = await fetch(`${stack.addresses.acs}/simulator/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`The simulator answered ${answer.status}: ${text}`);
      return text === "" ? undefined : (JSON.parse(text) as T);
    },
    async close() {
      await stack.close();
      proxy.close();
    },
  };
}
