import fc from "fast-check";
import { expect, it } from "vitest";
import { accept } from "../../src/events/accept.ts";
import { canonicalJson } from "../../src/events/canonicalJson.ts";
import { identityOf } from "../../src/events/identity.ts";
import { Rejected } from "../../src/events/rejected.ts";
import { cloudEvent, eventGridEvent, fixtures } from "../fixtures/eventFixtures.ts";

function acceptsOrRejects(raw: unknown): void {
  expect(identityOf(raw)).toMatch(/^[0-9a-f]{64}$/);
  try {
    const event = accept(raw);
    expect(Buffer.byteLength(JSON.stringify(event.summary))).toBeLessThanOrEqual(4096);
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    expect(error.reasons.length).toBeGreaterThan(0);
  }
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, reversed(each)]),
  );
}

/** JSON text goes through JSON.parse, as it does on the way in: "__proto__" becomes a plain member. */
const json = fc.json().map((text) => JSON.parse(text) as unknown);
const anyFixture = fc.constantFrom(...fixtures);

it("accepts or rejects any JSON, and throws nothing else", () => {
  fc.assert(fc.property(json, acceptsOrRejects), { numRuns: 500 });
});

it("accepts or rejects any data under any known type", () => {
  fc.assert(
    fc.property(anyFixture, json, ({ name }, data) => acceptsOrRejects({ ...eventGridEvent(name), data })),
    { numRuns: 500 },
  );
});

it("accepts or rejects a known event in which one member became anything", () => {
  const property = fc.property(anyFixture, fc.nat(), json, ({ name, data }, index, value) => {
    const names = [...Object.keys(data), "__proto__", "constructor", "From", "members", "group"];
    const changed = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
    Object.defineProperty(changed, names[index % names.length] ?? "", {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    acceptsOrRejects(cloudEvent(name, changed));
  });
  fc.assert(property, { numRuns: 1000 });
});

it.each([
  ["SMSDeliveryReportReceived", "DeliveryAttempts"],
  ["ChatThreadCreatedWithUser", "members"],
  ["ChatMemberAddedToThreadWithUser", "memberAdded"],
  ["CallEnded", "endedBy"],
  ["IncomingCall", "customContext"],
  ["RecordingFileStatusUpdated", "recordingStorageInfo"],
  ["RouterJobClassificationFailed", "errors"],
  ["UserDisconnected", "unknown"],
])("survives %s with %s nested 100,000 deep", (name, member) => {
  const inner = JSON.parse(`${'{"innererror":['.repeat(50_000)}null${"]}".repeat(50_000)}`) as unknown;
  for (const deep of [inner, [inner]]) {
    const raw = eventGridEvent(name);
    acceptsOrRejects({ ...raw, data: { ...(raw.data as object), [member]: deep } });
  }
});

it("has one canonical text for equal JSON, whatever the order of members", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(value);
    }),
  );
});

it("sorts members by UTF-16 code units, as RFC 8785 has it", () => {
  expect(
    canonicalJson(
      JSON.parse(
        '{"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":[1e21,-0,"\\u001f"]}',
      ),
    ),
  ).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":[1e+21,0,"\\u001f"],"€":1,"😀":5,"\ufb33":3}');
});
