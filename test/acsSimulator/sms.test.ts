import { SmsClient, type SmsSendRequest } from "@azure/communication-sms";
import type { PipelinePolicy } from "@azure/core-rest-pipeline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AcsSimulator, startAcsSimulator } from "../../dev/acsSimulator/startAcsSimulator.ts";
import { signedRequest } from "./signedRequest.ts";
import { startSink } from "./startSink.ts";

const [ours, theirs, other] = ["+18335550100", "+14255550123", "+14255550124"];
const noRetries = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };

let simulator: AcsSimulator;
let eventGrid: Awaited<ReturnType<typeof startSink>>;
let client: SmsClient;

beforeEach(async () => {
  eventGrid = await startSink();
  simulator = await startAcsSimulator({ port: 0, eventGridUrl: eventGrid.url, numbers: [ours] });
  client = new SmsClient(simulator.connectionString, noRetries);
});
afterEach(async () => {
  await simulator.close();
  await eventGrid.close();
});

const text = (to: string[], message = "Hello from Contoso"): SmsSendRequest => ({ from: ours, to, message });
const fault = (body: unknown) =>
  fetch(`${simulator.url}/simulator/faults`, { method: "POST", body: JSON.stringify(body) });

/** A client whose requests carry a repeatability id of our own. */
function repeating(id: string): SmsClient {
  const policy: PipelinePolicy = {
    name: "repeatable",
    sendRequest(request, next) {
      const body = JSON.parse(String(request.body));
      for (const recipient of body.smsRecipients) {
        recipient.repeatabilityRequestId = id;
        recipient.repeatabilityFirstSent = "Fri, 02 Jan 2026 03:04:05 GMT";
      }
      request.body = JSON.stringify(body);
      return next(request);
    },
  };
  return new SmsClient(simulator.connectionString, {
    ...noRetries,
    additionalPolicies: [{ position: "perCall", policy }],
  });
}

describe("sending", () => {
  it("accepts a message to each recipient and reports the one that is no number", async () => {
    const results = await client.send(text([theirs, "nobody"]), { tag: "greeting" });
    expect(results.map(({ httpStatusCode, successful }) => [httpStatusCode, successful])).toEqual([
      [202, true],
      [400, false],
    ]);
    const { messageId } = results[0] ?? {};
    expect(simulator.messages()).toEqual([
      { messageId, from: ours, to: theirs, message: "Hello from Contoso", tag: "greeting", sentAt: expect.any(String) },
    ]);
    const response = await fetch(`${simulator.url}/simulator/messages`);
    expect(await response.json()).toEqual(simulator.messages());
  });

  it("publishes a delivery report if one is asked for", async () => {
    const [result] = await client.send(text([theirs]), { enableDeliveryReport: true, tag: "t1" });
    await simulator.idle();
    expect(eventGrid.posts).toHaveLength(1);
    expect(eventGrid.posts[0]?.path).toBe("/api/events");
    expect(eventGrid.posts[0]?.events[0]).toMatchObject({
      eventType: "Microsoft.Communication.SMSDeliveryReportReceived",
      subject: "/phonenumber/14255550123",
      data: { messageId: result?.messageId, from: "18335550100", to: theirs, deliveryStatus: "Delivered", tag: "t1" },
    });
  });

  it("delivers a text to a number of the resource", async () => {
    await client.send({ from: theirs, to: [ours], message: "Are you open?" });
    await simulator.idle();
    expect(eventGrid.posts[0]?.events[0]).toMatchObject({
      eventType: "Microsoft.Communication.SMSReceived",
      subject: "/phonenumber/18335550100",
      data: { from: "14255550123", to: "18335550100", message: "Are you open?", segmentCount: 1 },
    });
  });

  it.each(["18335550100", "", "+", "averylongsendername"])("refuses '%s' as a sender", async (from) => {
    await expect(client.send({ ...text([theirs]), from })).rejects.toMatchObject({ statusCode: 400 });
    expect(simulator.messages()).toEqual([]);
  });

  it.each(["12345", "CONTOSO"])("accepts the sender %s", async (from) => {
    expect(await client.send({ ...text([theirs]), from })).toMatchObject([{ successful: true }]);
  });

  it("refuses no recipient, more than 100, and more than 2048 characters", async () => {
    await expect(client.send(text([]))).rejects.toMatchObject({ statusCode: 400 });
    await expect(client.send(text(Array(101).fill(theirs)))).rejects.toMatchObject({ statusCode: 400 });
    await expect(client.send(text([theirs], "x".repeat(2049)))).rejects.toMatchObject({ statusCode: 400 });
  });

  it("refuses a wrong key", async () => {
    const stranger = new SmsClient(`endpoint=${simulator.url}/;accesskey=AAAA`, noRetries);
    await expect(stranger.send(text([theirs]))).rejects.toMatchObject({ statusCode: 401, code: "Denied" });
  });
});

describe("repeatability", () => {
  it("answers a repeated request with the first message, without a second one", async () => {
    const [first] = await repeating("id-1").send(text([theirs]));
    const [second] = await repeating("id-1").send(text([theirs]));
    expect(second).toMatchObject({ successful: true, messageId: first?.messageId, repeatabilityResult: "accepted" });
    expect(simulator.messages()).toHaveLength(1);
  });

  it("rejects the id of another message", async () => {
    await repeating("id-1").send(text([theirs]));
    const [other] = await repeating("id-1").send(text([theirs], "Something else"));
    expect(other).toMatchObject({ httpStatusCode: 400, successful: false, repeatabilityResult: "rejected" });
    expect(simulator.messages()).toHaveLength(1);
  });
});

describe("faults", () => {
  it("fails the next requests, as often as asked, and then works again", async () => {
    await fault({ kind: "sms", fault: "429", times: 2 });
    await expect(client.send(text([theirs]))).rejects.toMatchObject({ statusCode: 429 });
    await expect(client.send(text([theirs]))).rejects.toMatchObject({ statusCode: 429 });
    await client.send(text([theirs]));
    expect(simulator.messages()).toHaveLength(1);
  });

  it("accepts a message and cuts the connection before the answer", async () => {
    await fault({ kind: "sms", fault: "acceptThenCut" });
    await expect(client.send(text([theirs]))).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(simulator.messages()).toHaveLength(1);
  });

  it("lets the SDK's own retry find the message that was accepted", async () => {
    await fault({ kind: "sms", fault: "acceptThenCut" });
    const retryOptions = { retryDelayInMs: 1 };
    const patient = new SmsClient(simulator.connectionString, { allowInsecureConnection: true, retryOptions });
    expect(await patient.send(text([theirs]))).toMatchObject([{ successful: true }]);
    expect(simulator.messages()).toHaveLength(1);
  });

  it("never answers", async () => {
    await fault({ kind: "sms", fault: "silent" });
    const sent = client.send(text([theirs]), { abortSignal: AbortSignal.timeout(200) });
    await expect(sent).rejects.toMatchObject({ name: "AbortError" });
    expect(simulator.messages()).toEqual([]);
  });

  it("refuses a fault that it does not know", async () => {
    expect((await fault({ kind: "sms", fault: "gremlin" })).status).toBe(400);
  });
});

describe("opt-outs", () => {
  it("lets texts to who opted out fail, and nothing else", async () => {
    await optOut("add", theirs);
    expect(await optOut("check", theirs)).toMatchObject([{ to: theirs, isOptedOut: true }]);
    await client.send(text([theirs, other]), { enableDeliveryReport: true });
    await simulator.idle();
    const reports = eventGrid.posts.map(({ events }) => events[0]?.data);
    expect(reports.find((data) => data?.to === theirs)).toMatchObject({
      deliveryStatus: "Failed",
      deliveryStatusDetails: "Sender blocked for given recipient.",
    });
    expect(reports.find((data) => data?.to === other)).toMatchObject({ deliveryStatus: "Delivered" });
    await optOut("remove", theirs);
    expect(await optOut("check", theirs)).toMatchObject([{ isOptedOut: false }]);
  });

  it("is forgotten with everything else", async () => {
    await optOut("add", theirs);
    await client.send(text([theirs]));
    await fetch(`${simulator.url}/simulator`, { method: "DELETE" });
    expect(simulator.messages()).toEqual([]);
    expect(await optOut("check", theirs)).toMatchObject([{ isOptedOut: false }]);
  });

  /** SmsClient 1.1.0 has no opt-outs. */
  async function optOut(action: string, to: string): Promise<unknown> {
    const path = `/sms/optouts:${action}?api-version=2026-01-23`;
    const body = { from: ours, recipients: [{ to }] };
    const { bodyAsText } = await signedRequest(simulator.connectionString, "POST", path, { body });
    return JSON.parse(bodyAsText ?? "null").value;
  }
});

describe("control addresses", () => {
  it("answer only under this machine's own name", async () => {
    const { request } = await import("node:http");
    const status = await new Promise((resolve) => {
      const headers = { host: "contoso.example" };
      request(`${simulator.url}/simulator/messages`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(403);
  });

  it("gives every answer a request id", async () => {
    const response = await fetch(`${simulator.url}/nothing`);
    expect(response.status).toBe(404);
    expect(response.headers.get("x-ms-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});
