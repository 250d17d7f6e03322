import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hashOf, openBody } from "../support/openBody.ts";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import { type App, startApp } from "../support/startApp.ts";

const MiB = 1024 * 1024;

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.close());

// Where the operating system tells the peak.
it.runIf(process.platform === "linux")(
  "serves 48 MiB to 6 readers, and 6 that stand still, in flat memory",
  async () => {
    const { chunk, sha256 } = await addChunk(app, 0, { documentId: "large", bytes: 48 * MiB });
    await app.publish([recordingEvent("large", [chunk])]);
    const content = "/api/recordings/large/chunks/0/content";
    expect(await hashOf(await openBody(app, content))).toBe(sha256);
    const before = await peakMemory();
    const open = () => Promise.all(Array.from({ length: 6 }, () => openBody(app, content)));
    const [[patient, ...gone], reading] = await Promise.all([open(), open()]);
    expect(await Promise.all(reading.map(hashOf))).toEqual(reading.map(() => sha256));
    for (const reader of gone) reader.destroy();
    expect(patient && (await hashOf(patient))).toBe(sha256);
    await app.idle();
    const grown = ((await peakMemory()) - before) / MiB;
    // 50 MiB were seen with 8 of each; what stands still would be 288.
    expect(grown).toBeLessThan(100);
  },
  120_000,
);

/** The most memory that the app's process has held so far, in bytes. */
async function peakMemory(): Promise<number> {
  const status = await readFile(`/proc/${app.host.pid()}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}
