import { readFile } from "node:fs/promises";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { reapplyErasures } from "../../src/people/erasure/reapplyErasures.ts";
import { readHeldThings } from "../../src/people/holds/heldThings.ts";
import { oldVersions } from "../../src/storage/oldCopies.ts";
import { setByOwner } from "../../src/storage/personAliases.ts";
import { readAccount, tracesOf } from "../support/account.ts";
import { askErasure, type Erasure, erasureDone } from "../support/erasures.ts";
import { bob, jane, ofJane, recordings, shared, story, thread } from "../support/jane.ts";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

let app: App;
let events: Record<string, unknown>[];

beforeAll(async () => {
  // Slices end after 180 ms, in the midst of whatever is done.
  app = await startApp({ ERASE_SHARED_RECORDINGS: "delete" }, { delayScale: 0.003 });
  vi.stubEnv("AzureWebJobsStorage", app.addresses.storageConnectionString);
  events = [...story(), ...(await recordings(app))];
  await app.publish(events);
  await setByOwner(`person:${jane.rawId}`, `person:${jane.number}`, "joined");
  await setByOwner(`person:${jane.mail}`, `person:${jane.number}`, "joined");
}, 150_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await app?.close();
});

const path = (identifier: string) => `/api/people/${encodeURIComponent(identifier)}`;

async function erase(identifier: string): Promise<Erasure> {
  const asked = await askErasure(app, identifier);
  expect(asked.status).toBe(202);
  return erasureDone(app, ((await asked.json()) as Erasure).link);
}

it("wants to know why", async () => {
  expect((await app.call("DELETE", path(jane.number))).status).toBe(400);
  expect((await app.call("PUT", `${path(jane.number)}/hold`)).status).toBe(400);
});

it("knows nothing of erasures, exports and holds that nobody asked for, and of nobody", async () => {
  const id = "5f0f6f0e-1f5c-4a55-9a43-4f5d0a3b7a52";
  const answers = await Promise.all([
    app.call("DELETE", path("nobody-of-ours"), { reason: "x" }),
    app.call("POST", `${path("nobody-of-ours")}/exports`),
    ...[`${path(jane.number)}/erasures/${id}`, `${path(jane.number)}/exports/${id}`].map((link) => app.get(link)),
    app.get(`${path(jane.number)}/exports/${id}/content`),
    ...[path(jane.number), `/api/calls/${shared}`, "/api/threads/19:none@thread.v2", "/api/recordings/none"].flatMap(
      (thing) => [app.get(`${thing}/hold`), app.call("DELETE", `${thing}/hold`, { reason: "x" })],
    ),
  ]);
  const told = await Promise.all(answers.map((answer) => answer.json() as Promise<{ code: string }>));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
  const codes = told.map(({ code }) => code.replace("ACS_EVENTS_", ""));
  const holds = Array(8).fill("NO_HOLD");
  expect(codes).toEqual([
    "UNKNOWN_PERSON",
    "UNKNOWN_PERSON",
    "UNKNOWN_ERASURE",
    "UNKNOWN_EXPORT",
    "UNKNOWN_EXPORT",
    ...holds,
  ]);
});

it("erases nothing of who is under a hold", async () => {
  const hold = `${path(jane.mail)}/hold`;
  const set = await app.call("PUT", hold, { reason: "Case 7" }, { headers: { "x-acs-events-actor": "Olive" } });
  expect(await set.json()).toMatchObject({ entity: `person:${jane.mail}`, reason: "Case 7", by: "Olive" });
  const before = await readAccount(app);
  const { held } = await erase(jane.rawId);
  expect(held).toHaveLength(1);
  const after = await readAccount(app);
  const changed = [...after].filter(([place, text]) => before.get(place) !== text).map(([place]) => place);
  expect(changed.filter((place) => !/ tombstones\/|row ledger (erasure|secret)/.test(place))).toEqual([]);
  expect((await app.call("DELETE", hold, { reason: "Case closed" })).status).toBe(204);
  expect((await app.get(hold)).status).toBe(404);
});

it("holds a person under all names, also one that the lists make two", async () => {
  const hold = `${path("bob-the-held")}/hold`;
  await setByOwner("person:bob-the-held", `person:${bob.number}`, "joined");
  expect((await app.call("PUT", hold, { reason: "Case 6" })).status).toBe(200);
  const held = await readHeldThings();
  expect(held.ofEvent({ entities: [`person:${bob.number}`], data: {} })).toBe("person:bob-the-held");
  expect(held.ofText(`{"subject":"call/4%3a${bob.number.replace("+", "%2B")}"}`)).toBe("person:bob-the-held");
  expect(held.ofText(`{"from":"${jane.number}"}`)).toBeUndefined();
  await setByOwner("person:bob-the-other", `person:${bob.number}`, "joined");
  expect((await readHeldThings()).ofPerson(["person:bob-the-other"])).toBe("person:bob-the-held");
  expect((await app.call("DELETE", hold, { reason: "over" })).status).toBe(204);
  for (const name of ["held", "other"] as const)
    await setByOwner(`person:bob-the-${name}`, `person:${bob.number}`, "parted");
});

it("erases all but what is under a hold, also when it is killed on the way, and the rest when the hold is over", async () => {
  // By another name of the call.
  const hold = `/api/calls/correlation-${shared}/hold`;
  const threadHold = `/api/threads/${encodeURIComponent(thread)}/hold`;
  expect((await app.call("PUT", hold, { reason: "Case 8" })).status).toBe(200);
  expect((await app.call("PUT", threadHold, { reason: "Case 8" })).status).toBe(200);
  const call = await (await app.get(`/api/calls/${shared}`)).json();
  const noted = (await app.store.names("tombstones")).length;
  const killed = vi.waitFor(
    async () => {
      // The first events are listed, and about to be erased.
      expect((await app.store.names("tombstones")).length).toBeGreaterThan(noted + 1);
      app.host.kill();
    },
    { timeout: 60_000, interval: 3 },
  );
  const [{ held }] = await Promise.all([erase(jane.number), killed]);
  expect(held.sort()).toEqual([`call:correlation-${shared}`, `thread:${thread}`]);
  await vi.waitFor(async () => expect(await (await app.get(`/api/calls/${shared}`)).json()).toEqual(call), 20_000);
  const places = tracesOf(await readAccount(app), ...ofJane);
  const ofHold = new RegExp(
    `events/call/.*${shared}|/Chat|row timeline (call:${shared}|thread:|transcript:|person:|callsOf:person:|arrived:(call|chat):)|recordings/r-shared|row ledger hold`,
  );
  expect(places.filter((place) => !ofHold.test(place))).toEqual([]);
  expect(places.length).toBeGreaterThan(10);
  expect((await app.get("/api/recordings/r-shared/chunks/0/content")).status).toBe(200);
  for (const one of [hold, threadHold]) expect((await app.call("DELETE", one, { reason: "over" })).status).toBe(204);
}, 300_000);

it("erases two people of one thread and call at once, and nothing is left of either", async () => {
  await Promise.all([jane.number, jane.rawId, jane.mail, bob.rawId, bob.number].map((name) => erase(name)));
  expect(tracesOf(await readAccount(app), ...ofJane, bob.rawId, bob.number.slice(1), bob.name)).toEqual([]);
  expect((await app.get("/api/recordings/r-shared/chunks/0/content")).status).toBe(410);
  const turns = (await app.store.ledger("erasure")).map(({ turn }) => Number(turn));
  expect(Math.max(...turns)).toBeGreaterThan(6);
}, 300_000);

it("erases again what a restore brings back, and nothing else", async () => {
  const erased = await readAccount(app);
  const store = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  expect(await all(reapplyErasures(true))).toSatisfy((each: { back: number }[]) =>
    each.every(({ back }) => back === 0),
  );
  // Written anew, all events are as a restore would give them, with their rows.
  const archive = store.getContainerClient("events");
  for (const name of await app.store.names("events")) await archive.deleteBlob(name);
  await app.publish(events);
  expect(tracesOf(await readAccount(app), ...ofJane)).not.toEqual([]);
  expect((await all(reapplyErasures(false))).some(({ back }) => back > 5)).toBe(true);
  await all(reapplyErasures(true));
  const now = await readAccount(app);
  expect(tracesOf(now, ...ofJane, bob.rawId, bob.name)).toEqual([]);
  const blobs = (account: typeof now) => [...account.keys()].filter((place) => place.startsWith("blob events"));
  expect(blobs(now)).toEqual(blobs(erased));
}, 300_000);

it("goes on until a recording is fetched that only its metadata shows to be of the person", async () => {
  const mia = "+14255550166";
  await app.publish([textEvent("mia-1", { from: mia, message: "Hi" })]);
  await app.fault({ kind: "metadata", fault: "503", times: 1_000 });
  const metadata = { participants: [{ participantId: `4:${mia}` }] };
  const { chunk } = await addChunk(app, 0, { documentId: "d-mia", metadata });
  expect(await app.post("recording", [recordingEvent("r-mia", [chunk])])).toBe(202);
  await vi.waitFor(async () => expect(await app.store.names("recordings", "r-mia/0")).toHaveLength(1), 20_000);
  const asked = await askErasure(app, mia);
  const { link } = (await asked.json()) as Erasure;
  const shown = async () => (await (await app.get(link)).json()) as Erasure & { pass?: number };
  await vi.waitFor(async () => expect((await shown()).pass).toBeGreaterThan(2), 60_000);
  expect((await fetch(`${app.addresses.acs}/simulator/faults`, { method: "DELETE" })).ok).toBe(true);
  await erasureDone(app, link);
  expect((await app.get("/api/recordings/r-mia/chunks/0/content")).status).toBe(410);
  expect(tracesOf(await readAccount(app), mia.slice(1))).toEqual([]);
}, 150_000);

it("stops at a blob under a lease, says so, and goes on there when it is asked again", async () => {
  const leo = "+14255550167";
  await app.publish([textEvent("leo-1", { from: leo, message: "leased words" })]);
  const [name = ""] = (await app.store.names("events")).filter((blob) => blob.includes("leo-1"));
  const store = BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);
  const lease = store.getContainerClient("events").getBlobClient(name).getBlobLeaseClient();
  await lease.acquireLease(-1);
  const asked = (await (await askErasure(app, leo)).json()) as Erasure;
  await vi.waitFor(
    async () => {
      const { value } = (await (await app.get("/api/problems?kind=poisonedJob")).json()) as { value: object[] };
      expect(value).toMatchObject([{ cause: "runErasure gave up on a job", state: "open" }]);
    },
    { timeout: 60_000, interval: 200 },
  );
  expect(await (await app.get(asked.link)).json()).toMatchObject({ status: "running" });
  expect(tracesOf(await readAccount(app), "leased words")).not.toEqual([]);
  await lease.releaseLease();
  expect((await erase(leo)).id).toBe(asked.id);
  expect(tracesOf(await readAccount(app), "leased words", leo.slice(1))).toEqual([]);
}, 150_000);

it("takes all versions of a blob but the present one from a listing", () => {
  const version = (name: string, versionId: string, more = {}) => ({ name, versionId, deleted: false, ...more });
  const listing = [
    version("a.json", "1"),
    version("a.json", "2"),
    version("a.json", "3", { isCurrentVersion: true }),
    version("a.json.more", "4"),
    version("a.json", "0", { deleted: true }),
  ];
  expect(oldVersions(listing, "a.json", "3")).toEqual(["1", "2"]);
});

it("is described in its page with the very members that it answers", async () => {
  const page = await readFile("docs/erasure.md", "utf8");
  const [shown] = /```json\n([^`]*"softDelete"[^`]*)```/.exec(page)?.slice(1) ?? [];
  expect(Object.keys(JSON.parse(shown ?? "{}"))).toEqual(
    expect.arrayContaining(["id", "status", "reason", "by", "askedAt", "doneAt", "what", "held", "softDelete", "link"]),
  );
});

async function all<T>(items: AsyncGenerator<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
