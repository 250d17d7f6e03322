import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

const own = "https://contoso.blob.core.windows.net/recordings/20261120/call-17/a1b2c3d4-x/0";

describe("a recording in storage of one's own", () => {
  it("is registered in the manifest, and not copied", async () => {
    const chunk = { index: 0, documentId: "own", endReason: "SessionEnded" };
    const locations = { contentLocation: `${own}-video.mp4`, metadataLocation: `${own}-acsmetadata.own.json` };
    await app.publish([recordingEvent("own", [{ ...chunk, ...locations }], { storageType: "AzureBlob" })]);
    expect(await app.store.manifest("own")).toMatchObject({
      state: "complete",
      storage: "own",
      chunks: [{ state: "registered", source: locations }],
    });
    expect(await app.store.names("recordings", "own/")).toEqual(["own/manifest.json"]);
    expect(await app.store.problems()).toEqual([]);
  });

  it("is fetched from ACS when its export failed and the event has ACS's locations", async () => {
    const { chunk, sha256 } = await addChunk(app, 0, { documentId: "not-exported" });
    await app.publish([recordingEvent("not-exported", [chunk], { storageType: "AzureBlob" })]);
    expect(await app.store.manifest("not-exported")).toMatchObject({
      state: "complete",
      storage: "acs",
      chunks: [{ state: "archived", sha256 }],
    });
  });
});
