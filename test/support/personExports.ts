import { QueueClient } from "@azure/storage-queue";
import { expect } from "vitest";
import { readZip } from "./readZip.ts";
import type { App } from "./startApp.ts";

export interface Status {
  id: string;
  status: string;
  link: string;
  expiresAt: string;
  counts: Record<string, number>;
  parts: { part: number; bytes: number; link: string }[];
}

export async function order(app: App, identifier: string): Promise<Status> {
  const answer = await app.call("POST", `/api/people/${encodeURIComponent(identifier)}/exports`);
  expect(answer.status).toBe(202);
  const status = (await answer.json()) as Status;
  expect(answer.headers.get("location")).toBe(status.link);
  return status;
}

/** The status of an export, once it is there. */
export async function done(app: App, ordered: Promise<Status>): Promise<Status> {
  const { link } = await ordered;
  await app.idle();
  return statusOf(app, { link });
}

export async function statusOf(app: App, { link }: Pick<Status, "link">): Promise<Status> {
  const answer = await app.get(link);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Status;
}

export async function download(app: App, { link }: { link: string }): Promise<Buffer> {
  const answer = await app.get(link);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

/** All zips of an export, one after the other. */
export async function filesOf(app: App, { parts }: Status): Promise<Map<string, Buffer>[]> {
  const zips: Map<string, Buffer>[] = [];
  for (const part of parts) {
    const bytes = await download(app, part);
    expect(bytes.length).toBe(part.bytes);
    zips.push(await readZip(bytes));
  }
  return zips;
}

export async function sendAgain(app: App, exportId: string, part: number): Promise<void> {
  const queue = new QueueClient(app.addresses.storageConnectionString, "person-exports");
  await queue.sendMessage(Buffer.from(JSON.stringify({ exportId, part })).toString("base64"));
  await app.idle();
}
