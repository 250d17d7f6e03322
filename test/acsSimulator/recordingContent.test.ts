import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signedRequest } from "./signedRequest.ts";
import { startScene } from "./startScene.ts";

const recording = { documentId: "0-sim-d1-1", bytes: 3_000_001, seed: 42 };

let scene: Awaited<ReturnType<typeof startScene>>;

beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

const listed = async (): Promise<unknown> => (await fetch(`${scene.simulator.url}/simulator/recordings`)).json();
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

describe("recording content", () => {
  it("is the same for the same seed, whole and in ranges, and no other for another", async () => {
    const { contentLocation, sha256: expected } = await scene.simulator.addRecording(recording);
    const whole = await scene.download(contentLocation);
    expect(whole).toHaveLength(recording.bytes);
    expect(sha256(whole)).toBe(expected);
    for (const offset of [0, 1, 65_536, 1_048_577, 3_000_000]) {
      expect((await scene.download(contentLocation, { offset })).equals(whole.subarray(offset))).toBe(true);
    }
    const part = await scene.download(contentLocation, { offset: 1_048_000, length: 2_000 });
    expect(part.equals(whole.subarray(1_048_000, 1_050_000))).toBe(true);
    expect((await scene.simulator.addRecording({ ...recording, seed: 43 })).sha256).not.toBe(expected);
    expect((await scene.simulator.addRecording(recording)).sha256).toBe(expected);
  });

  it("has ranges of its own at the 2021 address, 206 and 416", async () => {
    const { sha256: expected } = await scene.simulator.addRecording(recording);
    const path = `/recording/download/${recording.documentId}`;
    const get = (range: string) =>
      signedRequest(scene.simulator.connectionString, "GET", path, { headers: { Range: range } });
    const last = await get("bytes=-10");
    expect([last.status, last.headers.get("content-range")]).toEqual([206, "bytes 2999991-3000000/3000001"]);
    const beyond = await get("bytes=3000001-");
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */3000001"]);
    const whole = await get("none");
    expect([whole.status, whole.headers.get("content-length")]).toEqual([200, "3000001"]);
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
  });

  it("comes with metadata as ACS writes them, or with those given", async () => {
    const { metadataLocation } = await scene.simulator.addRecording({ ...recording, format: "mp3" });
    expect(JSON.parse(String(await scene.download(metadataLocation)))).toMatchObject({
      chunkDocumentId: recording.documentId,
      recordingInfo: { format: "mp3", contentType: "audio", channelType: "mixed" },
    });
    await scene.simulator.addRecording({ ...recording, metadata: { odd: true } });
    const { headers, bodyAsText } = await signedRequest(
      scene.simulator.connectionString,
      "GET",
      `/recording/download/${recording.documentId}/metadata`,
    );
    expect([headers.get("content-type"), bodyAsText]).toEqual(["application/octet-stream", '{"odd":true}']);
  });

  it("is gone once deleted", async () => {
    const { contentLocation, deleteLocation } = await scene.simulator.addRecording(recording);
    await scene.client.getCallRecording().delete(deleteLocation);
    await expect(scene.download(contentLocation)).rejects.toMatchObject({ status: 404 });
    expect(await listed()).toMatchObject([{ documentId: recording.documentId, deleted: true }]);
  });

  it("is still there when its deletion failed", async () => {
    const { deleteLocation } = await scene.simulator.addRecording(recording);
    await scene.fault({ kind: "delete", fault: "503", documentId: recording.documentId });
    await expect(scene.client.getCallRecording().delete(deleteLocation)).rejects.toMatchObject({ status: 503 });
    expect(await listed()).toMatchObject([{ deleted: false }]);
  });

  it("shows what was asked for and what was sent of it", async () => {
    const { contentLocation } = await scene.simulator.addRecording(recording);
    await scene.download(contentLocation);
    await scene.download(contentLocation, { offset: 1_000_000 });
    await scene.download(contentLocation, { offset: 1, length: 10 });
    expect(await listed()).toMatchObject([
      {
        asked: ["whole", "bytes=1000000-", "bytes=1-10"],
        sent: [
          [0, 3_000_001],
          [1_000_000, 3_000_001],
          [1, 11],
        ],
      },
    ]);
  });

  it("is refused to another key", async () => {
    const { contentLocation } = await scene.simulator.addRecording(recording);
    const stranger = await scene.clientWithKey("AAAA");
    await expect(stranger.getCallRecording().downloadStreaming(contentLocation)).rejects.toMatchObject({ status: 401 });
  });

  it("is added over HTTP with the same answer", async () => {
    const body = JSON.stringify(recording);
    const response = await fetch(`${scene.simulator.url}/simulator/recordings`, { method: "POST", body });
    expect(await response.json()).toEqual(await scene.simulator.addRecording(recording));
  });
});

describe("faults of content", () => {
  it.each([
    ["503", { status: 503 }],
    ["403", { status: 403 }],
    ["404", { status: 404 }],
    ["410", { status: 410 }],
    ["redirect", { status: 302 }],
    ["htmlError", { name: "SyntaxError" }],
    ["503html", { name: "SyntaxError" }],
  ])("%s", async (name, error) => {
    const { contentLocation } = await scene.simulator.addRecording(recording);
    await scene.fault({ kind: "content", fault: name, documentId: recording.documentId });
    await expect(scene.download(contentLocation)).rejects.toMatchObject(error);
    expect(await scene.download(contentLocation)).toHaveLength(recording.bytes);
  });

  it("cut breaks the connection after the bytes asked for", async () => {
    const { contentLocation } = await scene.simulator.addRecording(recording);
    await scene.fault({ kind: "content", fault: "cut", afterBytes: 100_000 });
    let received = 0;
    const read = async () => {
      for await (const piece of await scene.client.getCallRecording().downloadStreaming(contentLocation)) {
        received += piece.length;
      }
    };
    await expect(read()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(received).toBe(100_000);
    expect(await listed()).toMatchObject([{ asked: ["whole"], sent: [[0, 100_000]] }]);
  });

  it("truncated and empty end well, with too few bytes", async () => {
    const { contentLocation } = await scene.simulator.addRecording(recording);
    await scene.fault({ kind: "content", fault: "truncated" });
    await scene.fault({ kind: "content", fault: "empty" });
    expect(await scene.download(contentLocation)).toHaveLength(1_500_000);
    expect(await scene.download(contentLocation)).toHaveLength(0);
  });

  it("slow gives all bytes, in time", async () => {
    const { contentLocation, sha256: expected } = await scene.simulator.addRecording({ ...recording, bytes: 20_000 });
    await scene.fault({ kind: "content", fault: "slow", bytesPerSecond: 100_000 });
    const start = performance.now();
    expect(sha256(await scene.download(contentLocation))).toBe(expected);
    expect(performance.now() - start).toBeGreaterThan(120);
  });

  it("meets only the document that it names", async () => {
    const { contentLocation } = await scene.simulator.addRecording(recording);
    await scene.fault({ kind: "content", fault: "500", documentId: "another" });
    expect(await scene.download(contentLocation)).toHaveLength(recording.bytes);
  });
});
