import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signedRequest } from "./signedRequest.ts";
import { startScene } from "./startScene.ts";

const serverCallId = "aHR0cHM6Ly9jb252LmNvbnRvc28uZXhhbXBsZS9jb252LzE";
const audience = "5d0c3f5e-0000-4000-8000-00000000abcd";

let scene: Awaited<ReturnType<typeof startScene>>;

beforeEach(async () => {
  scene = await startScene({ audience, chunksPerRecording: 2 });
});
afterEach(() => scene.close());

async function getJson(url: string): Promise<{ issuer?: string; jwks_uri?: string; keys?: JsonWebKey[] }> {
  const response = await fetch(url);
  return JSON.parse(await response.text());
}

describe("recording control", () => {
  const callLocator = { id: serverCallId, kind: "serverCallLocator" } as const;

  it("publishes the file after a stop and serves its chunks", async () => {
    const recordings = scene.client.getCallRecording();
    const { recordingId = "", recordingState } = await recordings.start({ callLocator });
    expect(recordingState).toBe("active");
    scene.advance(10_000);
    await recordings.pause(recordingId);
    expect((await recordings.getState(recordingId)).recordingState).toBe("inactive");
    scene.advance(2_000);
    await recordings.resume(recordingId);
    expect((await recordings.getState(recordingId)).recordingState).toBe("active");
    scene.advance(8_000);
    await recordings.stop(recordingId);
    await scene.simulator.idle();

    const event = scene.sink.posts[0]?.events[0];
    expect(event).toMatchObject({
      eventType: "Microsoft.Communication.RecordingFileStatusUpdated",
      subject: expect.stringMatching(
        `^/recording/call/[0-9a-f-]{36}/serverCallId/${serverCallId}/recordingId/${recordingId}$`,
      ),
      data: { recordingDurationMs: 20_000, recordingFormatType: "Mp4", recordingContentType: "AudioVideo" },
    });
    const storage = event?.data.recordingStorageInfo as { recordingChunks: Record<string, string>[] } | undefined;
    const recordingChunks = storage?.recordingChunks ?? [];
    expect(recordingChunks.map(({ index, endReason }) => [index, endReason])).toEqual([
      [0, "ChunkMaximumSizeExceeded"],
      [1, "SessionEnded"],
    ]);
    for (const { contentLocation = "", metadataLocation = "", documentId } of recordingChunks) {
      expect((await scene.download(contentLocation)).length).toBeGreaterThan(0);
      expect(JSON.parse(String(await scene.download(metadataLocation)))).toMatchObject({ chunkDocumentId: documentId });
    }
    const second = await scene.download(recordingChunks[1]?.metadataLocation ?? "");
    expect(JSON.parse(String(second))).toMatchObject({ chunkIndex: 1, pauseResumeIntervals: [{ duration: 2_000 }] });
  });

  it("tells each state to the callback address, with a token that its published key verifies", async () => {
    const recordings = scene.client.getCallRecording();
    const callback = { recordingStateCallbackEndpointUrl: `${scene.sink.url}/callback` };
    const { recordingId = "" } = await recordings.start({ callLocator, ...callback, pauseOnStart: true });
    await recordings.stop(recordingId);
    await scene.simulator.idle();
    expect(scene.sink.posts.map(({ path, events }) => [path, events[0]?.type, events[0]?.data.state])).toEqual(
      Array(2).fill(["/callback", "Microsoft.Communication.RecordingStateChanged", "inactive"]),
    );

    const [head = "", claims = "", signature = ""] = (scene.sink.posts[0]?.headers.authorization ?? "")
      .slice(7)
      .split(".");
    const configuration = await getJson(`${scene.simulator.url}/calling/.well-known/acsopenidconfiguration`);
    const { keys } = await getJson(configuration.jwks_uri ?? "");
    const key = createPublicKey({ key: keys?.[0] ?? {}, format: "jwk" });
    expect(verify("sha256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url"))).toBe(true);
    const { aud, iss, exp, iat } = JSON.parse(Buffer.from(claims, "base64url").toString());
    expect({ aud, iss, life: exp - iat }).toEqual({ aud: audience, iss: configuration.issuer, life: 300 });
  });

  it("starts once for a repeated request", async () => {
    const headers = { "Repeatability-Request-ID": "r-1", "Repeatability-First-Sent": "Fri, 02 Jan 2026 03:04:05 GMT" };
    const start = (body: unknown) =>
      signedRequest(scene.simulator.connectionString, "POST", "/calling/recordings?api-version=2026-03-12", {
        body,
        headers,
      });
    const body = { callConnectionId: "c-1" };
    expect((await start(body)).bodyAsText).toBe((await start(body)).bodyAsText);
    expect((await start({ callConnectionId: "c-2" })).status).toBe(400);
  });

  it("starts one recording at a time in a call, and refuses what is no serverCallId", async () => {
    const recordings = scene.client.getCallRecording();
    const { recordingId = "" } = await recordings.start({ callLocator, pauseOnStart: true });
    await expect(recordings.start({ callLocator })).rejects.toMatchObject({ statusCode: 400, code: "8553" });
    await recordings.stop(recordingId);
    await recordings.start({ callLocator });
    const callConnectionId = { id: "41002b00-55aa-4c3d-9e10-7f6e5d4c3b2a", kind: "serverCallLocator" } as const;
    await expect(recordings.start({ callLocator: callConnectionId })).rejects.toMatchObject({
      statusCode: 400,
      code: "8501",
    });
  });

  it("puts a recording into the owner's container, and serves nothing of it", async () => {
    const recordings = scene.client.getCallRecording();
    const recordingStorage = {
      recordingStorageKind: "azureBlobStorage",
      recordingDestinationContainerUrl: "https://contoso.blob.core.windows.net/calls",
    } as const;
    const { recordingId = "" } = await recordings.start({ callLocator, recordingStorage });
    await recordings.stop(recordingId);
    await scene.simulator.idle();
    const location = expect.stringMatching(/^https:\/\/contoso\.blob\.core\.windows\.net\/calls\/\d{8}\//);
    expect(scene.sink.posts[0]?.events[0]).toMatchObject({
      subject: expect.not.stringContaining("recordingId"),
      data: {
        storageType: "AzureBlob",
        recordingId,
        recordingStorageInfo: {
          recordingChunks: Array(2).fill(
            expect.objectContaining({ contentLocation: location, metadataLocation: location }),
          ),
        },
      },
    });
    expect(await (await fetch(`${scene.simulator.url}/simulator/recordings`)).json()).toEqual([]);
  });

  it("ends with its call", async () => {
    const recordings = scene.client.getCallRecording();
    const callback = { recordingStateCallbackEndpointUrl: `${scene.sink.url}/callback` };
    const { recordingId = "" } = await recordings.start({ callLocator, ...callback });
    const end = await fetch(`${scene.simulator.url}/simulator/calls/${serverCallId}/end`, { method: "POST" });
    expect(await end.json()).toEqual({ recordingIds: [recordingId] });
    await scene.simulator.idle();
    const events = scene.sink.posts.map(({ events }) => events[0]);
    expect(events.map((event) => event?.eventType ?? event?.data.state).sort()).toEqual([
      "Microsoft.Communication.CallEnded",
      "Microsoft.Communication.RecordingFileStatusUpdated",
      "active",
      "inactive",
    ]);
    expect(events.find((event) => event?.eventType === "Microsoft.Communication.CallEnded")).toMatchObject({
      subject: `call/${serverCallId}`,
      data: { serverCallId },
    });
    for (const act of ["pause", "resume", "stop"] as const) {
      await expect(recordings[act](recordingId)).rejects.toMatchObject({ statusCode: 404 });
    }
  });

  it("is never announced if that is the fault", async () => {
    const recordings = scene.client.getCallRecording();
    await scene.fault({ kind: "announcement", fault: "lost" });
    for (let time = 0; time < 2; time++) {
      const { recordingId = "" } = await recordings.start({ callLocator });
      await recordings.stop(recordingId);
    }
    await scene.simulator.idle();
    expect(scene.sink.posts).toHaveLength(1);
    const odd = { method: "POST", body: JSON.stringify({ kind: "announcement", fault: "503" }) };
    expect((await fetch(`${scene.simulator.url}/simulator/faults`, odd)).status).toBe(400);
  });

  it("refuses no call, an unmixed video, and a recording that it does not know", async () => {
    const recordings = scene.client.getCallRecording();
    await expect(recordings.start({})).rejects.toMatchObject({ statusCode: 400 });
    const odd = { recordingChannel: "unmixed", recordingContent: "audioVideo", recordingFormat: "mp4" } as const;
    await expect(recordings.start({ callLocator, ...odd })).rejects.toMatchObject({ statusCode: 400 });
    await expect(recordings.getState("unknown")).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe("call control", () => {
  it("answers, redirects and rejects, and writes down what was done", async () => {
    const answered = await scene.client.answerCall("context-1", `${scene.sink.url}/callback`);
    expect(answered.callConnectionProperties.callConnectionState).toBe("connecting");
    await scene.client.redirectCall("context-2", { targetParticipant: { phoneNumber: "+14255550123" } });
    await scene.client.rejectCall("context-3", { callRejectReason: "busy" });
    const actions = await (await fetch(`${scene.simulator.url}/simulator/actions`)).json();
    expect(actions).toMatchObject([
      { action: "answer", request: { incomingCallContext: "context-1" } },
      { action: "redirect", request: { target: { phoneNumber: { value: "+14255550123" } } } },
      { action: "reject", request: { callRejectReason: "busy" } },
    ]);
    await expect(scene.client.rejectCall("")).rejects.toMatchObject({ statusCode: 400 });
  });

  it("calls back once an answered call is connected, with the ids of the call that rang", async () => {
    const ids = { serverCallId: "c2VydmVyLWNhbGw", correlationId: "1a2b3c4d-5e6f-4071-8293-a4b5c6d7e8f9" };
    const context = Buffer.from(JSON.stringify(ids)).toString("base64url");
    const { callConnectionProperties } = await scene.client.answerCall(context, `${scene.sink.url}/callback`);
    await scene.simulator.idle();
    const [post] = scene.sink.posts.slice(-1);
    expect(post?.headers.authorization).toMatch(/^Bearer /);
    const { callConnectionId } = callConnectionProperties;
    expect(post?.events).toMatchObject([
      { type: "Microsoft.Communication.CallConnected", specversion: "1.0", data: { callConnectionId, ...ids } },
    ]);
  });
});
