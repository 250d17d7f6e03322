import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accept } from "../../src/events/accept.ts";
import type { Entity } from "../../src/events/entities.ts";
import { finderOf } from "../../src/people/erasure/finder.ts";
import { namesShown } from "../../src/people/erasure/namesIn.ts";
import { redactEvent } from "../../src/people/erasure/redactEvent.ts";
import { kindOf } from "../../src/people/knowing/personNamed.ts";
import { cloudEvent, eventGridEvent, fixtures } from "../fixtures/eventFixtures.ts";

const finder = (entities: Entity[], names: string[] = []) =>
  finderOf({ entities, names, token: "erased:0123456789abcdef" });
const shapes = fixtures.flatMap(({ name, data, legacy }) => [
  { name, raw: eventGridEvent(name, data) },
  { name, raw: cloudEvent(name, data) },
  ...legacy.map((old) => ({ name, raw: eventGridEvent(old.name ?? name, old.data) })),
]);
const withPeople = shapes.flatMap(({ name, raw }) =>
  accept(raw)
    .entities.filter((entity) => entity.startsWith("person:") && kindOf(entity) !== "userId")
    .map((entity) => ({ name, raw, entity })),
);

describe("an event without one of its people", () => {
  it.each(withPeople)("$name names $entity nowhere, and is an event all the same", ({ raw, entity }) => {
    const event = accept(raw);
    const names = namesShown(event).flatMap((shown) => (shown.entity === entity ? [shown.name] : []));
    const without = finder([entity], names);
    const redacted = redactEvent(event, without);
    expect(without.finds(JSON.stringify(redacted))).toBe(false);
    for (const name of names) expect(JSON.stringify(redacted)).not.toContain(JSON.stringify(name));
    const left = accept(redacted);
    expect([left.name, left.time, left.id]).toEqual([event.name, event.time, event.id]);
    expect(left.entities).not.toContain(entity);
    const others = event.entities.filter((other) => other.startsWith("person:") && other !== entity);
    expect(left.entities).toEqual(expect.arrayContaining(others));
    // Again changes nothing.
    expect(redactEvent(left, without)).toBe(redacted);
  });

  it("is left as it was when it names the person nowhere", () => {
    for (const { raw } of shapes) expect(redactEvent(accept(raw), finder(["person:+14250000000"]))).toBe(raw);
  });
});

describe("a person", () => {
  const spellings = (number: string) => [
    number,
    number.slice(1),
    `4:${number}`,
    `4:${number}_2a9f`,
    encodeURIComponent(number),
    encodeURIComponent(`4:${number}`),
    `${number.slice(0, 2)} (${number.slice(2, 5)}) ${number.slice(5, 8)}-${number.slice(8)}`,
  ];
  const around = fc.constantFrom("", " ", "/", '"', ":", "x", "%20", "(", "tel:");

  it("is found by number however it is written, and not within a longer one", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+1[2-9]\d{9}$/), fc.nat(6), around, around, (number, which, before, after) => {
        const { finds, redact } = finder([`person:${number}`]);
        const text = `${before}${spellings(number)[which]}${after === "x" ? " " : after}`;
        expect(finds(text), text).toBe(true);
        expect(finds(redact(text))).toBe(false);
        expect(finds(`${number}7`) || finds(`7${number.slice(1)}`)).toBe(false);
      }),
    );
  });

  it("is found by address and raw id in any letter case and encoding", () => {
    const user: Entity = "person:8:acs:5d0e2f61-7c34-4b8a-9f52-a1b6c7d8e9f0_0000000b-aaaa-4bbb-8ccc-00000000ab1e";
    const teams: Entity = "person:8:orgid:5d0e2f61-7c34-4b8a-9f52-a1b6c7d8e9f0";
    const { finds, findsInKey } = finder([user, "person:jane.o'doe+a@contoso.example", teams]);
    const id = user.slice("person:".length);
    const found = [id.toUpperCase(), encodeURIComponent(id), id.replaceAll(":", "!3a"), "JANE.O'DOE+A@Contoso.example"];
    found.push(
      encodeURIComponent("jane.o'doe+a@contoso.example"),
      "5D0E2F61-7c34-4b8a-9f52-a1b6c7d8e9f0",
      `sender/${id}/x`,
    );
    for (const text of found) expect(finds(text), text).toBe(true);
    for (const text of [`${id}2`, "ajane.o'doe+a@contoso.example", "jane.o'doe+a@contoso.examples"]) {
      expect(finds(text), text).toBe(false);
    }
    expect(findsInKey(`personAlias:${user}`)).toBe(true);
  });

  it("is found by a short code or a user id only where an id of somebody stands", () => {
    const { finds, findsInKey, redact } = finder(["person:55501", "person:sms"]);
    expect(["55501", "sms"].every((id) => finds(id, "from") && finds(`person:${id}`) && !finds(id))).toBe(true);
    const others = ["a 55501", "155501", "sms said", '{"family":"sms","length":"55501"}', "person:smsx", "person:SMS"];
    others.push(
      "arrived:sms:2026-11-20:3",
      "sms:+14255550100:+14255550177",
      "sms-replies",
      "outbox:55501:+14255550177",
    );
    for (const text of others) expect(finds(text) || findsInKey(text) || finds(text, "family"), text).toBe(false);
    for (const key of ["outbox:+14255550100:55501", "sms:+14255550100:55501", "personAlias:person:sms"]) {
      expect(findsInKey(key), key).toBe(true);
    }
    const text =
      '{"From":"55501","to":["sms"],"name":"sms","entities":"[\\"person:sms\\"]","who":"person:55501","n":"55501"}';
    expect(redact(text).replaceAll("erased:0123456789abcdef", "X")).toBe(
      '{"From":"X","to":["X"],"name":"sms","entities":"[\\"person:X\\"]","who":"person:X","n":"55501"}',
    );
  });

  it("loses in the words of others no word that is a name, but a full name", () => {
    const text = "the letter for The Odd, and the odd one";
    const event = accept(
      eventGridEvent("ChatMessageReceivedInThread", {
        ...{
          threadId: "19:t",
          messageId: "1",
          messageBody: text,
          senderDisplayName: "Bob",
          composeTime: "2026-11-20T09:30:00Z",
        },
        ...{
          type: "Text",
          version: 1,
          senderCommunicationIdentifier: { rawId: "8:acs:r_2", communicationUser: { id: "8:acs:r_2" } },
        },
      }),
    );
    expect(redactEvent(event, finder(["person:8:acs:r_1"], ["the", "Odd", "bob"]))).toMatchObject({
      data: { messageBody: text },
    });
    const redacted = redactEvent(event, finder(["person:8:acs:r_1"], ["the", "the odd"]));
    expect(redacted).toMatchObject({
      data: { messageBody: expect.stringMatching(/^the letter for erased:\w+, and erased:\w+ one$/) },
    });
  });

  it("keeps a name that somebody else bears", () => {
    const who = (rawId: string) => ({ rawId, communicationUser: { id: rawId } });
    const part = (rawId: string) => ({ displayName: "Anna", participantCommunicationIdentifier: who(rawId) });
    const event = accept(
      eventGridEvent("ChatThreadCreated", { threadId: "19:t", participants: [part("8:acs:r_1"), part("8:acs:r_2")] }),
    );
    const { data } = redactEvent(event, finder(["person:8:acs:r_1"], ["Anna"])) as {
      data: { participants: unknown[] };
    };
    expect(data.participants).toEqual([
      { displayName: "erased:0123456789abcdef", participantCommunicationIdentifier: who("erased:0123456789abcdef") },
      part("8:acs:r_2"),
    ]);
  });
});
