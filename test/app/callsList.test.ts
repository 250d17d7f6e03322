import { TableClient } from "@azure/data-tables";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallItem } from "../../src/calls/record/listItem.ts";
import { user } from "../fixtures/events/fixture.ts";
import { answerOf } from "../support/callRecording.ts";
import { by, callEvent as event, listCalls, person, showCall, startedCall as started } from "../support/calls.ts";
import { incomingCallEvent, serverCallIdOf } from "../support/incomingCall.ts";
import { type App, startApp } from "../support/startApp.ts";
import { writeConfig } from "../support/writeConfig.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

/** All pages. */
async function walk(query: Record<string, string | number>) {
  const value: CallItem[] = [];
  for (let continuationToken: string | undefined, pages = 0; pages === 0 || continuationToken; pages++) {
    const page = await listCalls(app, { ...query, continuationToken });
    value.push(...page.value);
    continuationToken = page.continuationToken;
    expect(pages).toBeLessThan(50);
  }
  return value.map(({ serverCallId: id, correlationId: callId }) => id ?? callId);
}

describe("the list of calls", () => {
  const times: Record<string, string> = {
    "list-newest": "2024-05-20T09:00:00Z",
    "list-same": "2024-05-20T08:00:00Z",
    "list-same-too": "2024-05-20T08:00:00Z",
    "list-month-begin": "2024-05-01T00:00:00Z",
    "list-month-end": "2024-04-30T23:59:59.9990000Z",
    "list-old": "2022-03-01T09:00:00Z",
  };
  const span = { from: "2022-01-01", to: "2024-12-31" };

  beforeAll(async () => {
    await app.publish(Object.entries(times).map(([id, time]) => started(id, time)));
    await app.publish([
      event("CallEnded", "2024-05-20T09:30:00Z", { serverCallId: "list-newest", startedBy: by(person(1)) }),
      // An earlier event that comes late moves a call, and does not show it twice.
      event("CallParticipantAdded", "2024-04-02T09:00:00Z", {
        serverCallId: "list-month-end",
        user: by(person(2)),
        participantId: "p",
      }),
    ]);
  });

  it("is newest first, whatever the size of pages", async () => {
    for (const pageSize of [1, 2, 100]) {
      const ids = await walk({ ...span, pageSize });
      expect([ids[0], ...ids.slice(1, 3).toSorted(), ...ids.slice(3)]).toEqual(Object.keys(times));
    }
  });

  it("keeps to from and to, and to a state", async () => {
    expect(await walk({ from: "2024-05-01", to: "2024-05-20T08:00:00Z" })).toHaveLength(3);
    expect(await walk({ ...span, state: "ended" })).toEqual(["list-newest"]);
    expect(await walk({ ...span, state: "UNKNOWN", pageSize: 2 })).toHaveLength(5);
    expect(await walk({ ...span, state: "ringing" })).toEqual([]);
  });

  it("keeps to a participant: each call once, at the first event that names the person", async () => {
    const who = person(7);
    const number = "+14255550177";
    const ring = { from: { rawId: `4:${number}` }, to: user(who), incomingCallContext: "secret-2" };
    const stay = (id: string, participantId: string) => ({ serverCallId: id, participantId, user: by(who) });
    await app.publish([
      started("with-1", "2023-01-01T09:00:00Z"),
      event("CallParticipantAdded", "2023-01-01T09:01:00Z", stay("with-1", "a")),
      event("CallParticipantRemoved", "2023-01-05T09:01:00Z", stay("with-1", "a")),
      started("with-2", "2023-01-03T09:00:00Z", who),
      event("CallParticipantAdded", "2023-01-03T09:00:01Z", stay("with-2", "b")),
      event("IncomingCall", "2023-06-03T09:00:01Z", { ...ring, serverCallId: "with-3" }),
      started("without", "2023-01-04T09:00:00Z"),
    ]);
    for (const pageSize of [1, 2, 100]) {
      expect(await walk({ participant: who, pageSize })).toEqual(["with-3", "with-2", "with-1"]);
    }
    expect(await walk({ participant: who, state: "unknown" })).toEqual(["with-3", "with-2", "with-1"]);
    expect(await walk({ participant: who, state: "ended" })).toEqual([]);
    expect(await walk({ participant: who, from: "2023-01-02", to: "2023-02-01" })).toEqual(["with-2"]);
    for (const spelling of [number, `4:${number}`, number.slice(1), ` ${number.slice(1)}`]) {
      expect(await walk({ participant: spelling }), spelling).toEqual(["with-3"]);
    }
    expect(await walk({ participant: person(8) })).toEqual([]);
  });

  it("finds a person in every event of a call that names one: in a list of participants, as a target, on behalf of whom", async () => {
    const [who, target, behalf] = [person(21), person(22), person(23)];
    const ring = {
      from: user(person(1)),
      to: user(person(2)),
      onBehalfOf: user(behalf),
      incomingCallContext: "secret-3",
    };
    await app.publish([
      event("ParticipantsUpdated", "2021-02-01T09:00:00Z", {
        serverCallId: "named-1",
        participants: [{ identifier: user(who) }],
      }),
      event("CallTransferAccepted", "2021-02-01T09:01:00Z", { serverCallId: "named-1", transferTarget: user(target) }),
      event("IncomingCall", "2021-02-02T09:00:00Z", { ...ring, serverCallId: "named-2" }),
    ]);
    expect(await walk({ participant: who })).toEqual(["named-1"]);
    expect(await walk({ participant: target })).toEqual(["named-1"]);
    expect(await walk({ participant: behalf })).toEqual(["named-2"]);
    const { value } = await listCalls(app, { participant: target });
    expect(value).toMatchObject([{ firstSeen: "2021-02-01T09:01:00.000Z", state: "unknown" }]);
  });

  it("has rows of its own for a person, and reads nothing else that is known of the person", async () => {
    const who = person(24);
    const another = (n: number) =>
      event("UserDisconnected", new Date(Date.UTC(2021, 2, 1) + n).toISOString(), {
        userCommunicationIdentifier: user(who),
      });
    await app.publish([
      started("among-much", "2021-03-01T09:00:00Z", who),
      ...Array.from({ length: 30 }, (_, n) => another(n)),
    ]);
    expect(await app.store.timeline(`person:${who}`)).toHaveLength(31);
    expect(await app.store.timeline(`callsOf:person:${who}`)).toMatchObject([{ name: "serverCallId:among-much" }]);
    expect(await walk({ participant: who })).toEqual(["among-much"]);
  });

  it("is not misled by times that cannot be true: such events count when they arrive", async () => {
    const who = person(25);
    const begin = new Date(Date.now() - 60_000).toISOString();
    const wrong = { "never-1": "1999-01-01T09:00:00Z", "never-2": "2099-01-01T09:00:00Z", "never-3": undefined };
    await app.publish([
      ...Object.entries(wrong)
        .map(([id, time]) => started(id, time ?? "", who))
        .map(({ eventTime, ...rest }) => (eventTime === "" ? rest : { ...rest, eventTime })),
      // A call of a known time, and a word of it from long before.
      started("true-time", "2021-04-01T09:00:00Z", who),
      event("CallEnded", "1999-04-01T09:00:00Z", { serverCallId: "true-time", startedBy: by(who) }),
    ]);
    for (const participant of [who, undefined]) {
      const query = participant === undefined ? {} : { participant };
      const recent = await listCalls(app, { ...query, from: begin, pageSize: 100 });
      expect(recent.value.map(({ serverCallId }) => serverCallId).sort()).toEqual(Object.keys(wrong));
      expect(recent.value.map(({ state }) => state)).toEqual(["unknown", "unknown", "unknown"]);
      const old = await listCalls(app, { ...query, from: "2021-04-01", to: "2021-05-01" });
      expect(old.value).toMatchObject([{ serverCallId: "true-time", firstSeen: "2021-04-01T09:00:00.000Z" }]);
    }
  });

  it("has a call whose event came halfway, once the event comes again", async () => {
    const who = person(26);
    const event = started("halfway", "2021-05-01T09:00:00Z", who);
    await app.publish([event]);
    const connection = app.addresses.storageConnectionString;
    const timeline = TableClient.fromConnectionString(connection, "timeline", { allowInsecureConnection: true });
    for (const { partitionKey, rowKey } of await app.store.timeline("callSeen:serverCallId:halfway")) {
      await timeline.deleteEntity(partitionKey, rowKey);
    }
    expect(await walk({ participant: who })).toEqual([]);
    await app.publish([event, started("halfway", "2021-05-01T10:00:00Z", who)]);
    await app.publish([event]);
    expect(await walk({ participant: who })).toEqual(["halfway"]);
    expect(await walk({ from: "2021-05-01", to: "2021-05-02" })).toEqual(["halfway"]);
  });

  it("finds the calls of somebody who calls all day", async () => {
    const who = person(9);
    const minute = (n: number) => new Date(Date.UTC(2023, 7, 1, 0, 0, n)).toISOString();
    const stays = Array.from({ length: 600 }, (_, n) => {
      const data = { serverCallId: `busy-${Math.floor(n / 50)}`, participantId: `p${n}`, user: by(who) };
      return event("CallParticipantAdded", minute(n), data, { id: `busy-${n}` });
    });
    await app.publish(stays, { batch: 100 });
    const expected = Array.from({ length: 12 }, (_, n) => `busy-${11 - n}`);
    expect(await walk({ participant: who, pageSize: 5 })).toEqual(expected);
  });
});

it("shows a call that rang here by what the owner's rules made of it, in the list as in its record", async () => {
  const from = { ended: "+14255550161", ringing: "+14255550162", inProgress: "+14255550163" };
  await writeConfig(app, "incoming-calls.json", {
    rules: [
      { name: "night", from: [from.ended], reject: "busy" },
      { name: "sales", from: [from.ringing], redirect: { to: "+14255550188" } },
      { name: "bot", from: [from.inProgress], answer: true },
    ],
  });
  await app.publish(
    Object.entries(from).map(([state, number]) => incomingCallEvent(`decided-${state}`, { from: number })),
  );
  for (const [state, number] of Object.entries(from)) {
    const { value } = await listCalls(app, { participant: number, state });
    expect(value).toMatchObject([{ serverCallId: serverCallIdOf(`decided-${state}`), state }]);
    expect((await showCall(app, serverCallIdOf(`decided-${state}`))).state).toBe(state);
  }
  const { endReason, partial } = await showCall(app, serverCallIdOf("decided-ended"));
  expect(endReason).toEqual({ phrase: "rejected", rule: "night" });
  expect(partial.map(({ reason }) => reason)).toEqual(["noCallEvents"]);
});

it.each([
  ["from", "yesterday"],
  ["to", "2026-13-01"],
  ["state", "over"],
  ["participant", "28:orgid:app"],
  ["participant", "4:anonymous"],
  ["pageSize", "0"],
  ["continuationToken", "x"],
])("refuses %s=%s with advice", async (name, value) => {
  const { status, body } = await answerOf(app.get(`/api/calls?${new URLSearchParams({ [name]: value })}`));
  expect([status, body.code, body.target]).toEqual([400, "ACS_EVENTS_BAD_REQUEST", name]);
});
