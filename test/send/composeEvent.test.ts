import { expect, it } from "vitest";
import { composeEvent } from "../../dev/send/composeEvent.ts";
import { readArguments } from "../../dev/send/readArguments.ts";

function compose(...args: string[]): Record<string, unknown> {
  const { what } = readArguments(args);
  if ("file" in what) throw new Error("a file is not composed");
  return composeEvent(what.wish);
}

it("composes a text from a short type name, with the subject of its number", () => {
  const event = compose("smsreceived", "--data.from", "+15550100111", "--data.to=+15550100222", "--data.message", "42");
  expect(event).toMatchObject({
    eventType: "Microsoft.Communication.SMSReceived",
    subject: "/phonenumber/15550100222",
    data: { from: "+15550100111", to: "+15550100222", message: "42", messageId: expect.stringMatching(/./) },
  });
});

it("sets nested members, as JSON where they are JSON and the type asks for no text", () => {
  const event = compose(
    "CallStarted",
    "--data.startedBy.rawId",
    "4:+15550100111",
    "--data.isTwoParty",
    "true",
    "--data.startedBy.kind",
    "phone",
  );
  expect(event.data).toEqual({ startedBy: { rawId: "4:+15550100111", kind: "phone" }, isTwoParty: true });
});

it("takes the envelope's members from the command line, in either schema", () => {
  const wishes = ["--id", "1", "--subject", "s", "--topic", "/t", "--eventTime", "2026-03-01T10:00:00Z"];
  expect(compose("CallStarted", ...wishes)).toMatchObject({
    id: "1",
    subject: "s",
    topic: "/t",
    eventTime: "2026-03-01T10:00:00Z",
  });
  expect(compose("CallStarted", "--schema", "cloudEvents", ...wishes)).toEqual({
    specversion: "1.0",
    type: "Microsoft.Communication.CallStarted",
    id: "1",
    subject: "s",
    source: "/t",
    time: "2026-03-01T10:00:00Z",
    data: {},
  });
});

it("says what is wrong with a command line", () => {
  expect(() => compose("SMSRecieved")).toThrow(/no event type SMSRecieved/);
  expect(() => compose("CallStarted", "--dta.x", "1")).toThrow("There is no option --dta.x.");
  expect(() => compose("CallStarted", "--id")).toThrow("--id needs a value.");
  expect(() => compose()).toThrow(/Name an event type/);
  expect(() => compose("CallStarted", "--file", "x.json")).toThrow(/--file sends the file as it is/);
});
