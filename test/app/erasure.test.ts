import type { InvocationContext } from "@azure/functions";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueClient } from "@azure/storage-queue";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { identityOf } from "../../src/events/identity.ts";
import { reapplyErasures } from "../../src/people/erasure/reapplyErasures.ts";
import { replayBlob } from "../../src/problems/replay/replayBlob.ts";
import { seal } from "../../src/proof/seal.ts";
import { verifyArchive } from "../../src/proof/verify/verifyArchive.ts";
import { setByOwner } from "../../src/storage/personAliases.ts";
import { type Account, readAccount, tracesOf } from "../support/account.ts";
import { askErasure, type Erasure, erasureDone } from "../support/erasures.ts";
import { serverCallIdOf } from "../support/incomingCall.ts";
import { alone, bob, jane, ofJane, recordings, shared, story, thread } from "../support/jane.ts";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";

let app: App;
let events: Record<string, unknown>[];
let erasure: Erasure;
let before: Account;

const textToJane = { from: ourNumber, to: [jane.number], message: "Hello, we call you back" };

/** What never came in: Jane's, and what Bob said of her. */
const neverIn = (id: string) => [
  textEvent(`${id}-jane`, { from: jane.number, message: "This is my secret appointment" }),
  textEvent(`${id}-bob`, { from: bob.number, message: `I am not Jane, ${jane.number} is` }),
];
const [lost, refused] = [neverIn("lost"), neverIn("refused")];

beforeAll(async () => {
  app = await startApp({}, { delayScale: 0.003 });
  vi.stubEnv("AzureWebJobsStorage", app.addresses.storageConnectionString);
  const headers = { "idempotency-key": "to-jane" };
  expect((await app.call("POST", "/api/sms", textToJane, { headers })).status).toBe(202);
  const mention = { from: ourNumber, to: [bob.number], message: `Ask Jane at ${jane.number}` };
  expect((await app.call("POST", "/api/sms", mention, { headers: { "idempotency-key": "to-bob" } })).status).toBe(202);
  await app.idle();
  events = [...story(), ...(await recordings(app))];
  await app.publish(events);
  await setByOwner(`person:${jane.rawId}`, `person:${jane.number}`, "joined");
  await setByOwner(`person:jane-the-customer`, `person:${jane.number}`, "joined");
  await setByOwner(`person:jane-the-customer`, `person:${jane.mail}`, "joined");
  await put("dead-letters", "SMS/2026/11/20/9/a.json", JSON.stringify([events[0], events[2], events[9]]));
  // With a byte order mark, and cut.
  await put("dead-letters", "SMS/2026/11/20/9/b.json", `\ufeff${JSON.stringify([events[2]])}`);
  await put("dead-letters", "SMS/2026/11/20/9/c.json", JSON.stringify([events[2]]).slice(0, -3));
  await put("dead-letters", "SMS/2026/11/20/9/d.json", JSON.stringify(lost));
  for (const event of refused) {
    const blob = `sms/2026/11/20/${event.id}.${identityOf(event)}.json`;
    await put("quarantine", blob, JSON.stringify({ reasons: [], receivedBy: "smsEvents", event }));
  }
  await put("exports", "made-for-jane.zip", `Jane's: ${jane.number}`);
  const snapshots = blobs().getContainerClient("events");
  const [first] = await app.store.names("events", "sms/SMSReceived");
  await snapshots.getBlobClient(first ?? "").createSnapshot();
  await sealAll();
  before = await readAccount(app);
}, 150_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await app?.close();
});

const blobs = () => BlobServiceClient.fromConnectionString(app.addresses.storageConnectionString);

async function put(container: string, blob: string, text: string, metadata = {}): Promise<void> {
  const client = blobs().getContainerClient(container);
  await client.createIfNotExists();
  await client.getBlockBlobClient(blob).upload(text, Buffer.byteLength(text), { metadata });
}

/** Seals all that arrived, as the timer does when the hour is over. */
async function sealAll() {
  vi.stubEnv("ACS_SIMULATOR", app.addresses.acs);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2 * 3_600_000 });
  await seal({}, { log: () => {}, warn: () => {} } as unknown as InvocationContext);
  vi.useRealTimers();
}

describe("an erasure", () => {
  it("finds what it is to find", () => {
    for (const text of ofJane) expect(tracesOf(before, text), text).not.toEqual([]);
  });

  it("leaves no trace of the person in any blob, row or message", async () => {
    const ask = () => askErasure(app, "jane-the-customer", "She asked for it");
    const [asked, again] = await Promise.all([ask(), ask()]);
    expect(asked.status).toBe(202);
    const first = (await asked.json()) as Erasure & { names: string[] };
    expect(first.names.sort()).toEqual([jane.number, jane.rawId, "jane-the-customer", jane.mail].sort());
    expect(((await again.json()) as Erasure).id).toBe(first.id);
    erasure = await erasureDone(app, first.link);
    await app.idle();
    expect(tracesOf(await readAccount(app), ...ofJane, "jane-the-customer")).toEqual([]);
  }, 300_000);

  it("changes nothing when all events come again", async () => {
    const left = await readAccount(app);
    await app.publish(events);
    const now = await readAccount(app);
    // When a recording was last announced: the one that is shared is still watched.
    const lasting = (text = "") => text.replace(/"since":"[^"]*"/, "");
    for (const [place, text] of now) expect(lasting(text), place).toBe(lasting(left.get(place)));
    expect([...now.keys()]).toEqual([...left.keys()]);
  });

  it("leaves to others what is theirs", async () => {
    const chat = (await (await app.get(`/api/threads/${encodeURIComponent(thread)}`)).json()) as {
      value: { text?: string }[];
    };
    const said = chat.value.map(({ text }) => text).filter(Boolean);
    expect(said.sort()).toEqual(["Bob says goodbye", expect.stringMatching(/^Thank you, erased:\w+!$/), "[erased]"]);
    const call = (await (await app.get(`/api/calls/${shared}`)).json()) as Record<string, unknown>;
    expect(JSON.stringify(call)).toContain(bob.rawId);
    const rang = await (await app.get(`/api/calls/${serverCallIdOf("jane-rings-bob")}`)).json();
    expect(rang).toMatchObject({ incoming: [{ decision: { state: "late" } }] });
    expect((await app.get(`/api/calls/${alone}`)).status).toBe(404);
    expect((await app.get("/api/recordings/r-shared/chunks/0/content")).status).toBe(200);
    expect((await app.get("/api/recordings/r-alone/chunks/0/content")).status).toBe(410);
    const texts = (await (await app.get(`/api/sms/${ourNumber}/${bob.number}`)).json()) as {
      value: { message: string }[];
    };
    expect(texts.value.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^Ask Jane at erased:\w+$/));
    const letters = JSON.stringify(await app.store.read("dead-letters", "SMS/2026/11/20/9/a.json"));
    expect(letters).toMatch(/Call Jane at erased:\w+, not me.*thread-created/);
    expect(letters).not.toContain("text-1");
    const account = await readAccount(app);
    for (const name of ["b", "c"]) {
      expect(account.get(`blob dead-letters/SMS/2026/11/20/9/${name}.json`)).toMatch(/Call Jane at erased:\w+, not me/);
    }
    const [fromBob] = await app.store.archived("text-3");
    expect(JSON.stringify(fromBob?.data)).toMatch(/Call Jane at erased:\w+, not me/);
  });

  it("tells what was done, and until when storage keeps copies", () => {
    expect(erasure).toMatchObject({ status: "done", reason: "She asked for it", by: "master key", held: [] });
    expect(erasure).toHaveProperty("softDelete");
    expect(erasure.what["events erased"]).toBeGreaterThan(5);
    expect(erasure.what["events redacted"]).toBeGreaterThan(5);
  });

  it("is explained to who verifies the archive", async () => {
    const told: string[] = [];
    const { erased, whole } = await verifyArchive({ heads: [] }, (what) => told.push(what));
    expect(told).toEqual([]);
    expect(erased).toBeGreaterThanOrEqual(
      (erasure.what["events erased"] ?? 0) + (erasure.what["events redacted"] ?? 0),
    );
    expect(whole).toBeGreaterThan(0);
  });

  it("gives jobs that were on their way nothing to do", async () => {
    const [text] = await app.store.names("events", "sms/SMSReceived/2026/11/20/text-1");
    const replies = new QueueClient(app.addresses.storageConnectionString, "sms-replies");
    const problems = (await app.store.problems()).length;
    await replies.sendMessage(Buffer.from(JSON.stringify({ event: text })).toString("base64"));
    // Of an earlier version; today's has no number, and cannot be seen before it is due.
    const watches = new QueueClient(app.addresses.storageConnectionString, "sms-watches");
    const job = { from: ourNumber, to: jane.number, outboxId: "of-jane", turn: 0 };
    await watches.sendMessage(Buffer.from(JSON.stringify(job)).toString("base64"));
    await app.idle();
    expect(tracesOf(await readAccount(app), jane.number.slice(1))).toEqual([]);
    expect(await app.store.problems()).toHaveLength(problems);
  });

  it("leaves in quarantine what others said, to come in under its former identity", async () => {
    const identity = "0f".repeat(32);
    const event = textEvent("redacted", { from: bob.number, message: "Ask erased:0123456789abcdef" });
    const left = { tombstone: erasure.id };
    await put("quarantine", `sms/2026/11/20/redacted.${identity}.json`, JSON.stringify({ reasons: [], event }), left);
    await put("quarantine", "sms/2026/11/20/gone.json", JSON.stringify({ erased: true, ...left }), left);
    const replayed = await replayBlob("quarantine", `sms/2026/11/20/redacted.${identity}.json`, { commit: true });
    expect(replayed.events).toMatchObject([{ identity, outcome: "accepted" }]);
    const kept = await app.store.names("events", "sms/");
    expect(kept).toContainEqual(expect.stringContaining(`redacted.${identity}.json`));
    expect(await replayBlob("quarantine", "sms/2026/11/20/gone.json", { commit: true })).toMatchObject({
      none: "erased",
    });
    await app.idle();
  });

  it("keeps what never came in as it left it, when it is replayed and when it comes again", async () => {
    const bobs = `sms/2026/11/20/refused-bob.${identityOf(refused[1])}.json`;
    const replays = async () => [
      ...(await replayBlob("quarantine", bobs, { commit: true })).events,
      ...(await replayBlob("dead-letters", "SMS/2026/11/20/9/d.json", { commit: true })).events,
    ];
    const identities = [refused, lost].map(([, event]) => ({ identity: identityOf(event) }));
    expect(await replays()).toMatchObject(identities.map((which) => ({ ...which, outcome: "accepted" })));
    await app.idle();
    const left = await readAccount(app);
    expect(tracesOf(left, ...ofJane)).toEqual([]);
    await app.publish([...lost, ...refused]);
    expect([...(await readAccount(app))].filter(([place, text]) => left.get(place) !== text)).toEqual([]);
    expect(await replays()).toMatchObject(identities.map((which) => ({ ...which, outcome: "done" })));
    expect(await app.store.names("events", "sms/SMSReceived/2026/11/20/lost-")).toHaveLength(2);
    const texts = await (await app.get(`/api/sms/${ourNumber}/${bob.number}`)).text();
    expect(texts).toMatch(/I am not Jane, erased:\w+ is.*I am not Jane, erased:\w+ is/);
  });

  it("forgets no opt-out", async () => {
    const known = await app.get(`/api/sms/opt-outs/${ourNumber}/${jane.number}`);
    expect(await known.json()).toMatchObject({ state: "out" });
  });

  it("sends no text again that it erased", async () => {
    const headers = { "idempotency-key": "to-jane" };
    const sent = app.acs.messages().length;
    const answer = await app.call("POST", "/api/sms", textToJane, { headers });
    expect(await answer.json()).toMatchObject({ value: [{ state: "refused" }] });
    await app.idle();
    expect(app.acs.messages()).toHaveLength(sent);
  });

  it("takes the person out of dead letters that are written later; what came in itself, another look does", async () => {
    const now = (id: string) => ({ ...textEvent(id, { from: jane.number }), eventTime: new Date().toISOString() });
    const letters = "SMS/2026/11/20/10/late.json";
    await put("dead-letters", letters, JSON.stringify([...neverIn("late"), now("back-1")]));
    await app.host.runTimer("collectDeadLetters");
    const left = await app.store.read<{ id: string }[]>("dead-letters", letters);
    expect(left.map(({ id }) => id)).toEqual(["late-bob", "back-1"]);
    expect(JSON.stringify(left[0])).not.toContain(jane.number);
    const [refusedLate] = neverIn("refused-late");
    const blob = `sms/2026/11/20/refused-late.${identityOf(refusedLate)}.json`;
    await put("quarantine", blob, JSON.stringify({ reasons: [], receivedBy: "smsEvents", event: refusedLate }));
    await app.publish([...neverIn("direct"), now("back-2")]);
    for await (const _ of reapplyErasures(true));
    const again = [...neverIn("late"), ...neverIn("direct"), ...neverIn("refused-late")].filter(
      ({ data }) => (data as { from: string }).from === jane.number,
    );
    await app.publish(again);
    expect(tracesOf(await readAccount(app), "my secret appointment")).toEqual([]);
    expect(await app.store.archived("back-2")).toMatchObject([{ data: { from: jane.number } }]);
    expect(await app.store.read("dead-letters", letters)).toEqual(left);
  });
});
