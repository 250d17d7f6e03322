// What brings each alert about on the local stack.
import { randomBytes } from "node:crypto";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueClient } from "@azure/storage-queue";
import { addChunk, recordingEvent, startedBefore } from "./recordingEvent.ts";
import type { App } from "./startApp.ts";
import { textEvent } from "./textEvent.ts";

export interface Condition {
  happen: (app: App) => Promise<void>;
  /** What is told of it: metrics with attributes, each of which is enough to raise the alert. */
  told: [metric: string, attributes: Record<string, string>][];
}

/** By the name of the alert. */
export const conditions: Record<string, Condition[]> = {
  "recordings-at-risk": [
    {
      happen: recordLate,
      told: [
        ["acs_events.recordings_at_risk", {}],
        ["acs_events.problems", { kind: "recordingLate" }],
      ],
    },
  ],
  "dead-letters": [{ happen: findDeadLetter, told: [["acs_events.dead_letters", {}]] }],
  "poison-messages": [{ happen: dieFiveTimes, told: [["acs_events.poison", { queue: "recording-downloads" }]] }],
  "replies-failing": [
    { happen: failThreeTexts, told: [["acs_events.replies", { outcome: "failed" }]] },
    { happen: loseCredentials, told: [["acs_events.problems", { kind: "smsCredentials" }]] },
  ],
  "no-events": [{ happen: findNothing, told: [["acs_events.events", {}]] }],
};

/** A recording of which half of the time is over at ACS, and which cannot be fetched. */
async function recordLate(app: App): Promise<void> {
  const { chunk } = await addChunk(app, 0, { documentId: "late" });
  await app.fault({ kind: "content", fault: "503", documentId: "late", times: 1000 });
  const recordingStartTime = startedBefore(13 * 3_600_000);
  await app.publish([recordingEvent("late", [chunk], { recordingStartTime })]);
  await app.host.runTimer("reconcileRecordings");
}

/** What Event Grid writes when it gave up. */
async function findDeadLetter(app: App): Promise<void> {
  const letter = { ...textEvent("dead"), deadLetterReason: "MaxDeliveryAttemptsExceeded" };
  await upload(app, "dead-letters", "SMSEVENTS/2026/1/2/3/4f1c.json", JSON.stringify([letter]));
  await app.host.runTimer("collectDeadLetters");
}

/** A job about an event whose blob somebody broke; what cannot be parsed is quoted by the error. */
async function dieFiveTimes(app: App): Promise<void> {
  const event = "recording/RecordingFileStatusUpdated/broken.json";
  await upload(app, "events", event, "+14255550191 said");
  const queue = new QueueClient(app.addresses.storageConnectionString, "recording-downloads");
  const traceparent = `00-${randomBytes(16).toString("hex")}-00f067aa0ba902b7-01`;
  const job = { event, chunk: 0, traceparent };
  await queue.sendMessage(Buffer.from(JSON.stringify(job)).toString("base64"));
  await app.idle();
  await app.store.remove("events", event);
}

async function failThreeTexts(app: App): Promise<void> {
  await app.fault({ kind: "report", fault: "undelivered", times: 3 });
  await app.publish([0, 1, 2].map((n) => textEvent(`lost-${n}`, { from: `+1425555019${n}` })));
}

async function loseCredentials(app: App): Promise<void> {
  await app.fault({ kind: "sms", fault: "403" });
  await app.publish([textEvent("denied", { from: "+14255550195" })]);
}

/** The app runs, and no event comes. */
async function findNothing(app: App): Promise<void> {
  for (const timer of ["collectDeadLetters", "checkProblems"]) await app.host.runTimer(timer);
}

async function upload(app: App, container: string, name: string, text: string): Promise<void> {
  const service = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  const client = service.getContainerClient(container);
  await client.createIfNotExists();
  await client.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));
}
