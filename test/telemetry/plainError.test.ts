import { expect, it } from "vitest";
import { AcsEventsError } from "../../src/events/errors.ts";
import { plainError } from "../../src/telemetry/plainError.ts";

it("keeps what the app's own errors say", () => {
  const error = new AcsEventsError("ACS_EVENTS_NO_ACS", "Set ACS_ENDPOINT.");
  expect(plainError(error)).toBe(error);
});

it("takes from any other what it may quote, and leaves its name, code, status and where it comes from", () => {
  const quoting = Object.assign(new Error("of Jane,\n    at +14255550177"), { name: "RestError", statusCode: 403 });
  for (const [code, words] of [
    ["AuthorizationFailure", "AuthorizationFailure 403"],
    ["Jane said so", "403"],
  ]) {
    const plain = plainError(Object.assign(quoting, { code }));
    expect(plain.stack).toMatch(new RegExp(`^RestError: ${words}\n +at .*plainError\\.test`));
    expect(`${plain.stack}${plain}`).not.toMatch(/Jane|4255550177/);
  }
  expect(plainError("Jane").message).not.toContain("Jane");
});
