// Forged events: whatever they hold, each that reaches a function is acknowledged and kept, and nothing is done for it.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

let app: App;
let pid: number;
beforeAll(async () => {
  app = await startApp();
  pid = app.host.pid();
});
afterAll(() => app?.close());

/** All that is kept of events, as JSON texts. */
async function kept(): Promise<string[]> {
  const documents = ["events", "quarantine"].map(async (container) => {
    const names = await app.store.names(container);
    return Promise.all(names.map(async (name) => JSON.stringify(await app.store.read(container, name))));
  });
  return (await Promise.all(documents)).flat();
}

it("keeps events whose ids and members are made to break names, and does nothing for them", async () => {
  const values = [
    "../../recordings/..\\x/./a//b",
    "?comp=list&x=#frag%2e%2e%2f%00",
    "a\u0000b\u0007c\r\nd\u007f\u0085\u2028",
    "\ud800x\udc00",
    "",
    "..",
    "x".repeat(5000),
    `' or PartitionKey ne '"<&>`,
    "\u202e😀é\u0301",
    "+1425/../5550123",
  ];
  const events = values.flatMap((value) => [
    textEvent("m-1", { from: value }, value),
    textEvent(value, { from: value, to: value }),
    eventGridEvent("SMSReceived", { value }, { eventType: `Microsoft.Communication.${value}` }),
    eventGridEvent("CallStarted", { value }, { subject: `/call/${value}/${value}`, topic: value }),
    eventGridEvent("ChatMessageReceivedInThread", { threadId: value, messageId: value }),
    eventGridEvent("RouterWorkerDeleted", { workerId: value }),
    recordingEvent(value, [{ documentId: value, index: 0 }]),
  ]);
  expect(await app.post("sms", events)).toBe(202);
  await app.idle();
  const documents = (await kept()).join("\n");
  for (const event of events) expect(documents).toContain(JSON.stringify(event.data));
  expect(app.acs.messages()).toEqual([]);
  const manifest = /^[A-Za-z0-9\-_.@+!]+\/manifest\.json$/;
  expect((await app.store.names("recordings")).filter((name) => !manifest.test(name))).toEqual([]);
  expect(app.host.pid()).toBe(pid);
});

it("keeps members named __proto__ and constructor as what they are", async () => {
  const event = JSON.stringify(textEvent("proto", { from: "short" }));
  const poisoned = event.replace(
    '"data":{',
    '"data":{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},',
  );
  expect(await app.post("sms", poisoned)).toBe(202);
  const [archived] = await app.store.archived("proto");
  expect(JSON.stringify(archived)).toBe(poisoned);
  expect(await app.post("sms", [textEvent("after-proto", { from: "short" })])).toBe(202);
  expect(JSON.stringify(await app.store.rows("timeline"))).not.toContain('polluted\\":\\"yes');
});

it("keeps an event of a megabyte, and one with two thousand participants", async () => {
  const large = textEvent("large", { from: "short", message: "x".repeat(1024 * 1024) });
  expect(await app.post("sms", [large])).toBe(202);
  expect(await app.store.archived("large")).toEqual([large]);

  const participants = Array.from({ length: 2000 }, (_, index) => ({
    displayName: `P${index}`,
    participantCommunicationIdentifier: { rawId: `8:acs:crowd_${index}` },
  }));
  const crowd = eventGridEvent("ChatThreadCreated", { threadId: "crowd", participants }, { id: "crowd" });
  expect(await app.post("chat", [crowd])).toBe(202);
  expect(await app.store.archived("crowd")).toEqual([crowd]);
  const [row] = await app.store.timeline("person:8:acs:crowd_0");
  expect(row?.warnings).toContain("indexed under the first 500 entities only");
});

it("keeps deep nesting, and survives what is too deep for the host to hand on", async () => {
  const nested = (depth: number) =>
    JSON.stringify([textEvent(`deep-${depth}`, { from: "short", deep: "HERE" })]).replace(
      '"HERE"',
      "[".repeat(depth) + "]".repeat(depth),
    );
  expect(await app.post("sms", nested(1000))).toBe(202);
  expect(await app.store.archived("deep-1000")).toHaveLength(1);
  expect(await app.post("sms", nested(50_000))).toBe(500);
  expect(app.host.pid()).toBe(pid);
});

it("sends no credentials to a host that is not of ACS: a problem is raised, and nothing saved from there", async () => {
  const requests: unknown[] = [];
  const foreign = createServer((request, response) => {
    requests.push(request.headers);
    response.end("{}");
  }).listen(0, "127.0.0.1");
  await once(foreign, "listening");
  const { port } = foreign.address() as AddressInfo;
  const forged = async (documentId: string, location: object) => ({
    ...(await addChunk(app, 0, { documentId })).chunk,
    ...location,
  });
  const locations = [
    `http://127.0.0.1:${port}/v1/objects/forged/content/video`,
    `https://127.0.0.1:${port}/v1/objects/forged/content/video`,
    `${app.addresses.acs.replace("//", "//user:password@")}/recording/download/forged`,
    "http://storage.asm.skype.com/v1/objects/forged/content/video",
    "https://storage.asm.skype.com:8443/v1/objects/forged/content/video",
    "https://user:password@storage.asm.skype.com/v1/objects/forged/content/video",
    "https://storage.asm.skype.com.contoso.example/v1/objects/forged/content/video",
    "https://contoso.example/v1/objects/forged/content/video?x=.asm.skype.com",
    "file:///v1/objects/forged/content/video",
    "//contoso.example/v1/objects/forged/content/video",
    "not a location",
  ];
  const events: ReturnType<typeof recordingEvent>[] = [];
  for (const [index, location] of locations.entries()) {
    const [content, metadata] = [`content-${index}`, `metadata-${index}`];
    events.push(recordingEvent(content, [await forged(content, { contentLocation: location })]));
    events.push(recordingEvent(metadata, [await forged(metadata, { metadataLocation: location })]));
  }
  await app.publish(events);
  foreign.close();

  expect(requests).toEqual([]);
  const saved = (await app.store.names("recordings")).filter((name) => /\.(mp4|bin)$/.test(name));
  expect(saved).toEqual(locations.map((_, index) => `metadata-${index}/0-metadata-${index}.mp4`).sort());
  const problems = (await app.store.problems()).map(({ sourceBlob }) => String(sourceBlob));
  for (const { id } of events) {
    expect(problems.filter((blob) => blob.includes(`/${id}.`))).toHaveLength(1);
  }
});

it("fetches a recording from its genuine event after a forged one", async () => {
  const { chunk, sha256 } = await addChunk(app, 0, { documentId: "first-forged" });
  const contentLocation = "https://contoso.example/v1/objects/first-forged/content/video";
  await app.publish([{ ...recordingEvent("revived", [{ ...chunk, contentLocation }]), id: "forgery" }]);
  expect(await app.store.manifest("revived")).toMatchObject({ state: "incomplete", chunks: [{ state: "copying" }] });
  await app.publish([recordingEvent("revived", [chunk])]);
  expect(await app.store.manifest("revived")).toMatchObject({
    state: "complete",
    chunks: [{ state: "archived", sha256 }],
  });
});
