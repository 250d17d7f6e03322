import { afterAll, beforeAll, expect, it } from "vitest";
import { type AcsSimulator, startAcsSimulator } from "../../dev/acsSimulator/startAcsSimulator.ts";
import { signedRequest } from "./signedRequest.ts";

let simulator: AcsSimulator;
beforeAll(async () => {
  simulator = await startAcsSimulator({ port: 0 });
});
afterAll(() => simulator?.close());

async function post(action: string, body: unknown, version = "?api-version=2026-01-23") {
  const answer = await signedRequest(simulator.connectionString, "POST", `/sms/optouts:${action}${version}`, { body });
  return { status: answer.status, body: JSON.parse(answer.bodyAsText ?? "null") };
}

it("answers for each recipient, as the documented example does", async () => {
  const recipients = [{ to: "+14255550181" }, { to: "+123" }, { to: "+9991234567" }];
  const { status, body } = await post("add", { from: "+18335550100", recipients });
  expect(status).toBe(200);
  expect(body.value).toEqual([
    { to: "+14255550181", httpStatusCode: 200 },
    { to: "+123", httpStatusCode: 400, errorMessage: "Invalid recipient phone number format" },
    { to: "+9991234567", httpStatusCode: 400, errorMessage: "Invalid recipient phone number format" },
  ]);
});

it("takes a short code and a name as the sender, and keeps the lists of senders apart", async () => {
  const recipients = [{ to: "+14255550182" }];
  for (const from of ["22395", "CONTOSO"]) expect((await post("add", { from, recipients })).status).toBe(200);
  const optedOut = async (from: string) => (await post("check", { from, recipients })).body.value[0].isOptedOut;
  expect([await optedOut("22395"), await optedOut("CONTOSO"), await optedOut("22396")]).toEqual([true, true, false]);
});

it("refuses a sender that is none, no recipient, more than 100, and a request without a version", async () => {
  const recipients = [{ to: "+14255550183" }];
  const from = "+18335550100";
  const refused = [
    ...[
      { from: "18335550100", recipients },
      { from: "", recipients },
      { recipients },
      { from },
      { from, recipients: [] },
    ],
    ...[
      { from, recipients: Array(101).fill(recipients[0]) },
      { from, recipients: [{}] },
    ],
  ];
  for (const body of refused) expect((await post("add", body)).status, JSON.stringify(body)).toBe(400);
  expect((await post("add", { from, recipients }, "")).status).toBe(400);
});

it("meets the faults of its kind", async () => {
  const fault = { kind: "optOut", fault: "429-retry-after" };
  await fetch(`${simulator.url}/simulator/faults`, { method: "POST", body: JSON.stringify(fault) });
  const body = { from: "+18335550100", recipients: [{ to: "+14255550184" }] };
  expect((await post("check", body)).status).toBe(429);
  expect((await post("check", body)).status).toBe(200);
});
