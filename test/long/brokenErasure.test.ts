import { TableClient, type TableEntityResult } from "@azure/data-tables";
import { HttpRequest, type InvocationContext } from "@azure/functions";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startStorageProxy } from "../../dev/azurite/startStorageProxy.ts";
import { announce } from "../../src/announce.ts";
import { accept } from "../../src/events/accept.ts";
import { Rejected } from "../../src/events/rejected.ts";
import { takeIn } from "../../src/intake/receive.ts";
import { askErasure } from "../../src/people/erasure/askErasure.ts";
import { type ErasureRow, erasureKey } from "../../src/people/erasure/erasureRow.ts";
import { reapplyErasures } from "../../src/people/erasure/reapplyErasures.ts";
import { runErasure } from "../../src/people/erasure/runErasure.ts";
import { writeManifest } from "../../src/recordings/manifest/writeManifest.ts";
import { type ChunkRow, chunkKey } from "../../src/recordings/rows.ts";
import { changeRow } from "../../src/storage/changeRow.ts";
import { read } from "../../src/storage/ledger.ts";
import { setByOwner } from "../../src/storage/personAliases.ts";
import { readAccount, tracesOf } from "../support/account.ts";
import { emptyAzurite } from "../support/emptyAzurite.ts";
import { bob, jane, ofJane, story } from "../support/jane.ts";
import { recordingEvent } from "../support/recordingEvent.ts";
import type { App } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

let azurite: Awaited<ReturnType<typeof emptyAzurite>>;
let blobs: BlobServiceClient;
const proxy = await startStorageProxy();
const context = { log: () => {}, warn: () => {}, error: () => {} } as unknown as InvocationContext;

beforeAll(async () => {
  azurite = await emptyAzurite();
  proxy.target = azurite.connectionString;
  Object.assign(process.env, { AzureWebJobsStorage: proxy.connectionString, DELAY_SCALE: "0.02" });
  process.env.ACS_SIMULATOR = "http://127.0.0.1:1";
  blobs = BlobServiceClient.fromConnectionString(azurite.connectionString);
});
afterAll(async () => {
  proxy.close();
  await azurite.close();
});

const account = () => readAccount({ addresses: { storageConnectionString: azurite.connectionString } } as App);

async function take(raw: Record<string, unknown>) {
  const door = { family: familyOf(raw), announce } as Parameters<typeof takeIn>[1];
  return (await takeIn(raw, door)).outcome;
}

function familyOf(raw: unknown) {
  try {
    return accept(raw).family;
  } catch (error) {
    if (error instanceof Rejected) return "sms";
    throw error;
  }
}

/** Asks for an erasure. @returns its id */
async function ask(identifier: string): Promise<string> {
  const body = { string: JSON.stringify({ reason: "Article 17" }) };
  const url = `http://localhost/api/people/${encodeURIComponent(identifier)}`;
  const answer = await askErasure(new HttpRequest({ method: "DELETE", url, params: { identifier }, body }), context);
  return (answer.jsonBody as { id: string }).id;
}

const rowOf = async (id: string) => (await read<ErasureRow>(erasureKey(id)))?.row;

/** Does the jobs of an erasure, as the queue gives them. */
async function run(id: string): Promise<Record<string, number>> {
  for (;;) {
    const row = await rowOf(id);
    if (row?.state !== "running") return JSON.parse(row?.counts ?? "{}") as Record<string, number>;
    await runErasure({ erasure: id, turn: row.turn }, context);
  }
}

it("ends as it should when storage fails again and again, wherever", async () => {
  for (const event of story()) await take(event);
  await setByOwner(`person:${jane.rawId}`, `person:${jane.number}`, "joined");
  await setByOwner(`person:${jane.mail}`, `person:${jane.number}`, "joined");
  const rows = await timelineRows();
  const id = await ask(jane.rawId);
  let failures = 0;
  for (let most = 20; (await rowOf(id))?.state === "running"; most += 120) {
    let writes = 0;
    proxy.faults = ({ method }) => (method !== "GET" && method !== "HEAD" && ++writes > most ? "refused" : "pass");
    await run(id).catch(() => failures++);
  }
  proxy.faults = () => "pass";
  expect(failures).toBeGreaterThan(1);
  expect(tracesOf(await account(), ...ofJane)).toEqual([]);
  // A restore of the tables alone brings rows back that lead to stubs.
  const table = timeline();
  for (const row of rows) await table.upsertEntity(row, "Replace");
  expect(tracesOf(await account(), ...ofJane)).not.toEqual([]);
  const later = textEvent("later", { from: jane.number, message: "I am back" });
  await take({ ...later, eventTime: new Date().toISOString() });
  for await (const { named } of reapplyErasures(false)) expect(named).toBeGreaterThan(0);
  for await (const { back } of reapplyErasures(true)) expect(back).toBe(0);
  const left = tracesOf(await account(), ...ofJane);
  const ofLater = [...(await account())]
    .filter(([, text]) => /later|conversations:/.test(text))
    .map(([place]) => place);
  expect(left.filter((place) => !ofLater.includes(place))).toEqual([]);
  expect(tracesOf(await account(), "I am back")).not.toEqual([]);
}, 180_000);

it("leaves a blob that somebody leased with its rows, and says so", async () => {
  const eve = "+14255550166";
  await take(textEvent("leased", { from: eve, message: "leased words" }));
  const events = blobs.getContainerClient("events");
  const [name = ""] = await namesLike("leased");
  const lease = events.getBlobClient(name).getBlobLeaseClient();
  await lease.acquireLease(-1);
  const before = tracesOf(await account(), "leased words");
  const id = await ask(eve);
  await expect(run(id)).rejects.toMatchObject({ code: "ACS_EVENTS_BLOB_LOCKED", retryable: true });
  expect(tracesOf(await account(), "leased words")).toEqual(before);
  await lease.releaseLease();
  await run(id);
  expect(tracesOf(await account(), "leased words", eve.slice(1))).toEqual([]);
});

it("erases the files of a chunk that a crash left ended, and keeps what others may be in", async () => {
  const ann = "8:acs:5d0e2f61-7c34-4b8a-9f52-a1b6c7d8e9f0_0000000b-aaaa-4bbb-8ccc-0000000000a1";
  await record("r-ended", [ann], "erased");
  await record("r-alone", [ann]);
  await record("r-withheld", [ann, "4:anonymous"]);
  await record("r-unknown", undefined);
  await record("r-shared", [ann, bob.rawId]);
  await run(await ask(ann));
  const recordings = blobs.getContainerClient("recordings");
  const voices = await Promise.all(
    ["r-ended", "r-alone", "r-withheld", "r-unknown", "r-shared"].map(async (id) =>
      String(await recordings.getBlobClient(`${id}/0.mp4`).downloadToBuffer()),
    ),
  );
  const stub = expect.stringMatching(/^{"erased":true/);
  expect(voices).toEqual([stub, stub, "voice", "voice", "voice"]);
  expect(tracesOf(await account(), ann)).toEqual([]);
});

it("takes an event that says of itself that it is erased for one like any other", async () => {
  const forged = { ...textEvent("forged", { from: bob.number }), erased: true, tombstone: "x" };
  expect(await take(forged)).toMatchObject({ outcome: "archived" });
  const id = await ask(bob.number);
  expect((await run(id))["events erased"]).toBeGreaterThan(0);
});

const timeline = () =>
  TableClient.fromConnectionString(azurite.connectionString, "timeline", { allowInsecureConnection: true });

async function timelineRows() {
  const rows: { partitionKey: string; rowKey: string }[] = [];
  for await (const row of timeline().listEntities()) rows.push(copyOf(row));
  return rows;
}

function copyOf({ etag: _, timestamp: __, ...row }: TableEntityResult<Record<string, unknown>>) {
  return { ...row, partitionKey: row.partitionKey ?? "", rowKey: row.rowKey ?? "" };
}

async function namesLike(text: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of blobs.getContainerClient("events").listBlobsFlat()) {
    if (name.includes(text)) names.push(name);
  }
  return names;
}

/** A recording of one chunk that is archived. */
async function record(id: string, people: string[] | undefined, state: ChunkRow["state"] = "archived") {
  const location = "https://x.asm.skype.com/c";
  const chunk = { index: 0, documentId: `d-${id}`, endReason: "SessionEnded", contentLocation: location };
  await take(recordingEvent(id, [chunk], { serverCallId: `call-of-${id}`, callId: `correlation-of-${id}` }));
  const recordings = blobs.getContainerClient("recordings");
  await recordings.createIfNotExists();
  const put = (name: string, text: string) => recordings.getBlockBlobClient(name).upload(text, text.length);
  await put(`${id}/0.mp4`, "voice");
  const participants = people?.map((participantId) => ({ participantId }));
  if (participants) await put(`${id}/0.json`, JSON.stringify({ participants }));
  await changeRow<ChunkRow>(chunkKey(id, `d-${id}`), () => ({
    ...{ state, blob: `${id}/0.mp4`, length: 5n, sha256: "ab", archivedAt: new Date() },
    ...(participants && { metadata: `${id}/0.json` }),
  }));
  await writeManifest(id);
}
