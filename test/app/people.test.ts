import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { say } from "../calls/chatCopies.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { by, callEvent, startedCall } from "../support/calls.ts";
import { itemsOf, pagesOf } from "../support/pages.ts";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";
import { ourNumber, textEvent } from "../support/textEvent.ts";
import { writeConfig } from "../support/writeConfig.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const path = (identifier: string) => `/api/people/${encodeURIComponent(identifier)}`;
const resource = "8:acs:5b0a1f6e-2c1d-4d8e-9a57-0c3f6b7d1e42";

interface Shown {
  identifier: string;
  userId?: string;
  names: { identifier: string; kind: string; source: string }[];
  optOuts?: object[];
  value: { type: string; time?: string; link?: string; event?: string; about?: object }[];
}

async function show(identifier: string, query = ""): Promise<Shown> {
  const response = await app.get(path(identifier) + query);
  expect(response.status, identifier).toBe(200);
  return (await response.json()) as Shown;
}

const namesOf = async (identifier: string) => (await show(identifier)).names.map((name) => name.identifier).sort();

async function alias(identifier: string, ...aliases: string[]): Promise<Response> {
  return app.call("PUT", `${path(identifier)}/aliases`, { aliases });
}

async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, ((await response.json()) as { code: string }).code];
}

const whatsApp = (id: string, from: string, fromBSUID?: string) =>
  eventGridEvent(
    "AdvancedMessageReceived",
    { from, to: "channel-1", messageId: id, messageType: "text", content: "Hello", ...(fromBSUID && { fromBSUID }) },
    { id },
  );

describe("what is held about a person", () => {
  const [number, rawId] = ["+14255550171", `${resource}_ann`];

  beforeAll(async () => {
    const { chunk } = await addChunk(app, 0, {
      documentId: "held",
      metadata: { participants: [{ participantId: rawId }, { participantId: `${resource}_bob` }] },
    });
    await app.publish([
      textEvent("held-text", { from: number, message: "STOP" }),
      startedCall("held-call", "2026-11-20T08:00:00Z", rawId),
      callEvent("CallParticipantAdded", "2026-11-20T08:01:00Z", { serverCallId: "held-call", user: by(rawId) }),
      recordingEvent("held-recording", [chunk], { recordingStartTime: "2026-11-20T08:02:00Z" }),
      eventGridEvent(
        "EmailDeliveryReportReceived",
        { messageId: "mail-1", recipient: "Ann@Contoso.example", status: "Delivered" },
        { id: "held-mail", eventTime: "2026-11-20T07:00:00Z" },
      ),
      eventGridEvent(
        "UserDisconnected",
        { userCommunicationIdentifier: { rawId } },
        { id: "undated", eventTime: undefined },
      ),
      ...say("19:held@thread.v2", Date.UTC(2026, 10, 20, 9), "Hello"),
    ]);
    expect((await alias("owner-42", number, rawId, "ann@contoso.example")).status).toBe(200);
  });

  it("is listed newest first under any of the person's names, each with a link that answers", async () => {
    const shown = await show("owner-42");
    const names = ["+14255550171", "ann@contoso.example", "owner-42", rawId].sort();
    expect(shown).toMatchObject({ identifier: "owner-42", userId: "owner-42" });
    expect(shown.names.map(({ identifier }) => identifier).sort()).toEqual(names);
    const types = shown.value.map(({ type }) => type);
    expect(types.filter((type) => !type.startsWith("Sms") && !type.startsWith("SMS"))).toEqual([
      "RecordingParticipant",
      "CallParticipantAdded",
      "CallStarted",
      "EmailDeliveryReportReceived",
      "UserDisconnected",
    ]);
    expect(types).toEqual(expect.arrayContaining(["SMSReceived", "SmsPlaced"]));
    for (const { link } of shown.value) if (link) expect((await app.get(link)).status, link).toBe(200);
    expect(shown.value.filter(({ link }) => link)).toHaveLength(shown.value.length - 2);
    expect(shown.optOuts).toMatchObject([{ ourNumber, theirNumber: number, state: "out" }]);
    for (const written of ["14255550171", "4:+14255550171", "+1 (425) 555-0171", "ANN@contoso.example", rawId]) {
      expect((await show(written)).value, written).toEqual(shown.value);
    }
  });

  it("has the owner's id wherever the person takes part", async () => {
    for (const path of ["calls/held-call", "recordings/held-recording"]) {
      const { participants } = (await (await app.get(`/api/${path}`)).json()) as {
        participants: { userId?: string }[];
      };
      expect(
        participants.map(({ userId }) => userId),
        path,
      ).toContain("owner-42");
    }
    const recording = (await (await app.get("/api/recordings/held-recording")).json()) as { participants: object[] };
    expect(recording.participants).toContainEqual({ participantId: `${resource}_bob` });
  });

  it("comes in pages of any size, and of a span of time", async () => {
    const { value } = await show("owner-42", "?pageSize=100");
    for (const pageSize of [1, 2, 3]) expect(await itemsOf(app, path("owner-42"), { pageSize })).toEqual(value);
    expect(await pagesOf(app, path("owner-42"), { pageSize: value.length })).toHaveLength(1);
    const span = { from: "2026-11-20T07:30:00Z", to: "2026-11-20T08:01:00Z" };
    const within = await itemsOf(app, path("owner-42"), span);
    expect(within.map(({ type }) => type)).toEqual(["CallParticipantAdded", "CallStarted"]);
  });

  it("is not known of somebody else, and not asked for by what is no identifier", async () => {
    expect(await codeOf(await app.get(path("+14255550999")))).toEqual([404, "ACS_EVENTS_UNKNOWN_PERSON"]);
    for (const wrong of ["5550123456", "a b", "x/y", "@", "+", "8:"]) {
      expect(await codeOf(await app.get(path(wrong))), wrong).toEqual([400, "ACS_EVENTS_BAD_REQUEST"]);
    }
    for (const nobody of ["4:anonymous", "28:orgid:app", ourNumber]) {
      expect(await codeOf(await app.get(path(nobody))), nobody).toEqual([400, "ACS_EVENTS_NOT_A_PERSON"]);
    }
  });
});

describe("who is who", () => {
  it("is the owner's word: PUT replaces, DELETE parts, and both can be done again", async () => {
    for (const _ of [1, 2]) expect((await alias("user-a", "+14255550181", "a@contoso.example")).status).toBe(200);
    expect(await namesOf("+14255550181")).toEqual(["+14255550181", "a@contoso.example", "user-a"]);
    await alias("user-a", "+14255550181", `${resource}_a`);
    expect(await namesOf("user-a")).toEqual(["+14255550181", `${resource}_a`, "user-a"]);
    for (const _ of [1, 2]) {
      const parted = await app.call("DELETE", `${path("user-a")}/aliases/${encodeURIComponent("+14255550181")}`);
      expect(parted.status).toBe(200);
      expect(await namesOf("user-a")).toEqual([`${resource}_a`, "user-a"]);
    }
    expect(await codeOf(await alias("user-a", ourNumber))).toEqual([400, "ACS_EVENTS_NOT_A_PERSON"]);
    expect(await codeOf(await alias("user-a", "28:orgid:app"))).toEqual([400, "ACS_EVENTS_NOT_A_PERSON"]);
    expect(await codeOf(await app.call("PUT", `${path("user-a")}/aliases`, { alias: "x" }))).toEqual([
      400,
      "ACS_EVENTS_BAD_REQUEST",
    ]);
  });

  it("never makes two users one", async () => {
    await alias("user-b", "+14255550182");
    await alias("user-c", "+14255550183");
    expect(await codeOf(await alias("user-b", "+14255550183"))).toEqual([409, "ACS_EVENTS_ALIAS_CONFLICT"]);
    expect(await codeOf(await alias("+14255550184", "+14255550182", "+14255550183"))).toEqual([
      409,
      "ACS_EVENTS_ALIAS_CONFLICT",
    ]);
    expect(await namesOf("user-b")).toEqual(["+14255550182", "user-b"]);
    // An event may say so, and is not believed: not by either of them, nor by the name between them.
    const bsuid = "US.13491208655302741918";
    await app.publish([whatsApp("between-1", "14255550182", bsuid), whatsApp("between-2", "14255550183", bsuid)]);
    expect(await namesOf("user-b")).toEqual(["+14255550182", "user-b"]);
    expect(await namesOf("user-c")).toEqual(["+14255550183", "user-c"]);
    expect((await app.get(path(bsuid))).status).toBe(404);
    // The owner knows whose it is.
    await alias("user-b", "+14255550182", bsuid);
    expect(await namesOf("user-b")).toEqual(["+14255550182", bsuid, "user-b"]);
    expect(await namesOf("+14255550183")).toEqual(["+14255550183", "user-c"]);
  });

  it("is shown by an event that has two ids of one end, until the owner parts them for good", async () => {
    const [number, bsuid] = ["+14255550185", "US.4242424242"];
    const teams = "8:orgid:0f3c9f1e-4a56-4f0e-9b7d-2c1d0b9a8f7e";
    const extension = { userId: teams.slice("8:orgid:".length), tenantId: "t", resourceId: "r", cloud: "public" };
    const user = { rawId: `${resource}_t_u`, teamsExtensionUser: extension };
    const events = [
      whatsApp("bsuid", number.slice(1), bsuid),
      callEvent("CallStarted", "2026-11-20T08:00:00Z", {
        serverCallId: "teams",
        startedBy: { communicationIdentifier: user },
      }),
    ];
    await app.publish(events);
    expect(await namesOf(bsuid)).toEqual([number, bsuid]);
    expect((await show(bsuid)).names).toContainEqual({ identifier: number, kind: "phoneNumber", source: "event" });
    expect(await namesOf(teams)).toEqual([user.rawId, teams].sort());
    await app.call("DELETE", `${path(number)}/aliases/${bsuid}`);
    await app.publish(events);
    await app.publish([whatsApp("bsuid-again", number.slice(1), bsuid)]);
    expect(await namesOf(number)).toEqual([number]);
  });

  it("joins nothing that a user wrote, and nobody who withheld a number", async () => {
    const metadata = { forged: { rawId: `${resource}_victim`, phoneNumber: { value: "+14255550186" } } };
    const withheld = { rawId: "4:anonymous", phoneNumber: { value: "+14255550186", isAnonymous: true } };
    const incoming = { from: withheld, to: { rawId: `${resource}_victim` }, incomingCallContext: "withheld" };
    await app.publish([
      eventGridEvent("ChatMessageReceivedInThread", {
        ...{ threadId: "19:f@thread.v2", messageId: "1700000000000", metadata, type: "Text", messageBody: "x" },
        senderCommunicationIdentifier: { rawId: `${resource}_forger` },
      }),
      eventGridEvent("IncomingCall", incoming, { id: "withheld" }),
    ]);
    expect(await namesOf(`${resource}_victim`)).toEqual([`${resource}_victim`]);
    expect((await app.get(path("+14255550186"))).status).toBe(404);
  });

  it("is told by people.json too, whose mistakes are a problem and change nothing", async () => {
    const people = [
      { id: "user-d", identifiers: ["+1 425 555 0187", "D@contoso.example", `${resource}_d`] },
      { id: "user-e", identifiers: [`${resource}_e`] },
    ];
    await writeConfig(app, "people.json", { people });
    const names = ["+14255550187", "d@contoso.example", "user-d", `${resource}_d`].sort();
    expect(await namesOf(`${resource}_d`)).toEqual(names);
    expect(await codeOf(await alias("user-e", "+14255550187"))).toEqual([409, "ACS_EVENTS_ALIAS_CONFLICT"]);
    const kept = await app.call("DELETE", `${path("user-d")}/aliases/${encodeURIComponent("+14255550187")}`);
    expect(await codeOf(kept)).toEqual([409, "ACS_EVENTS_ALIAS_CONFLICT"]);
    const wrong = [{ id: "12345", identifiers: ["5550123456", "28:orgid:x", `${resource}_f`] }];
    await writeConfig(app, "people.json", {
      people: [...wrong, { id: "user-f", identifiers: [`${resource}_f`, "+1 425 555 0187"] }],
    });
    expect(await namesOf(`${resource}_d`)).toEqual(names);
    const [problem] = (await app.store.problems()).filter(({ raw }) => raw === "config/people.json");
    for (const at of [
      "/people/0/id is no id",
      "/identifiers/0 is no raw id",
      "/identifiers/1 is an app",
      "stands at",
    ]) {
      expect(problem?.advice).toContain(at);
    }
    expect(problem?.advice).not.toContain("555");
  });
});
