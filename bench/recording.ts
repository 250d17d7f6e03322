import { randomUUID } from "node:crypto";
import { startStack } from "../dev/stack/startStack.ts";
import { openStore } from "../dev/stack/store.ts";
import { residentMemory } from "./residentMemory.ts";

const bytes = 1024 ** 3;
/** MB that the app may grow by while it saves a recording of any size. */
const bound = 150;

/** A recording of 1 GiB is saved whole, and the app's memory stays flat. */
export async function recording(): Promise<string[]> {
  const stack = await startStack({ data: `.local/bench-${randomUUID()}` });
  try {
    // The first, small one loads the SDKs, so that their size is in the level before.
    await save(1024 * 1024);
    const before = residentMemory(stack.host.pid()).now;
    const started = performance.now();
    const { expected, saved } = await save(bytes);
    const seconds = (performance.now() - started) / 1000;
    const grown = residentMemory(stack.host.pid()).peak - before;
    console.log(
      `  1 GiB saved in ${seconds.toFixed(1)} s (${(bytes / 1e6 / seconds).toFixed(0)} MB/s), hash ${saved ? "known" : "missing"}`,
    );
    console.log(`  resident memory: ${before.toFixed(0)} MB before, at most ${grown.toFixed(0)} MB more`);
    return [
      ...(saved === expected ? [] : [`SHA-256 ${saved} instead of ${expected}`]),
      ...(grown <= bound ? [] : [`memory grew by ${grown.toFixed(0)} MB; the bound is ${bound} MB`]),
    ];
  } finally {
    await stack.close();
  }

  async function save(size: number): Promise<{ expected: string; saved: string | undefined }> {
    const recordingId = randomUUID();
    const made = await stack.acs.addRecording({ documentId: `0-bench-d1-${randomUUID()}`, bytes: size, seed: size });
    const { sha256, ...chunk } = made;
    await stack.eventGrid.publish([
      {
        id: randomUUID(),
        subject: `/recording/call/${randomUUID()}/recordingId/${recordingId}`,
        eventType: "Microsoft.Communication.RecordingFileStatusUpdated",
        eventTime: new Date().toISOString(),
        dataVersion: "1.0",
        data: {
          recordingStorageInfo: { recordingChunks: [{ ...chunk, index: 0, endReason: "SessionEnded" }] },
          recordingStartTime: new Date().toISOString(),
        },
      },
    ]);
    await stack.idle();
    const manifest = await openStore(stack.addresses.storageConnectionString).manifest(recordingId);
    return { expected: sha256, saved: manifest?.chunks[0]?.sha256 };
  }
}
