import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Stack, startStack } from "../dev/stack/startStack.ts";
import { openStore } from "../dev/stack/store.ts";
import { resetPeak, residentMemory } from "./residentMemory.ts";

const GiB = 1024 ** 3;
/** MB that the app may grow by while it saves recordings of any size and number. */
const bound = 150;
/** A download may be so much slower than the same loop with the bytes in memory. */
const leastShare = 0.9;
const rounds = 3;

/** Recordings of gigabytes are saved whole, with flat memory, and as fast as storage takes them. */
export async function recording(): Promise<string[]> {
  const stack = await startStack({ data: `.local/bench-${randomUUID()}` });
  try {
    // The first, small one loads the SDKs, so that their size is in the level before.
    await save(stack, 1, 1024 * 1024);
    return [
      ...(await againstMemory(stack)),
      ...(await measured(stack, "one chunk of 4 GiB", 1, 4 * GiB)),
      ...(await measured(stack, "four chunks of 1 GiB at once", 4, GiB)),
    ];
  } finally {
    await stack.close();
  }
}

async function againstMemory(stack: Stack): Promise<string[]> {
  const seconds = { memory: 0, download: 0 };
  for (let round = 0; round < rounds; round++) {
    seconds.memory += await copyFromMemory(stack.addresses.storageConnectionString);
    seconds.download += (await save(stack, 1, GiB)).seconds;
  }
  const share = seconds.memory / seconds.download;
  const speed = (total: number) => ((rounds * GiB) / 1e6 / total).toFixed(0);
  console.log(
    `  ${rounds} times 1 GiB: downloaded with ${speed(seconds.download)} MB/s, copied from memory with ${speed(seconds.memory)} MB/s: ${(share * 100).toFixed(0)} %`,
  );
  return share >= leastShare ? [] : [`a download has ${(share * 100).toFixed(0)} % of the speed of a copy from memory`];
}

async function measured(stack: Stack, what: string, count: number, bytes: number): Promise<string[]> {
  const pid = stack.host.pid();
  resetPeak(pid);
  const before = residentMemory(pid).now;
  const { seconds, wrong } = await save(stack, count, bytes);
  const grown = residentMemory(pid).peak - before;
  const speed = ((count * bytes) / 1e6 / seconds).toFixed(0);
  console.log(`  ${what}: ${seconds.toFixed(1)} s (${speed} MB/s), ${wrong} of ${count} hashes wrong`);
  console.log(`  resident memory: ${before.toFixed(0)} MB before, at most ${grown.toFixed(0)} MB more`);
  return [
    ...(wrong === 0 ? [] : [`${what}: ${wrong} hashes are wrong`]),
    ...(grown <= bound ? [] : [`${what}: memory grew by ${grown.toFixed(0)} MB; the bound is ${bound} MB`]),
  ];
}

/** Announces recordings of one chunk each in one batch, and waits until they are saved. */
async function save(stack: Stack, count: number, bytes: number): Promise<{ seconds: number; wrong: number }> {
  const made: { recordingId: string; chunk: { documentId: string; sha256: string } }[] = [];
  for (let number = 0; number < count; number++) {
    const recording = { documentId: `0-bench-d1-${randomUUID()}`, bytes, seed: bytes + number };
    made.push({ recordingId: randomUUID(), chunk: await stack.acs.addRecording(recording) });
  }
  const started = performance.now();
  await stack.eventGrid.publish(made.map(({ recordingId, chunk }) => announcement(recordingId, chunk)));
  await stack.idle();
  const seconds = (performance.now() - started) / 1000;
  const store = openStore(stack.addresses.storageConnectionString);
  const manifests = await Promise.all(made.map(({ recordingId }) => store.manifest(recordingId)));
  const wrong = manifests.filter((manifest, index) => manifest?.chunks[0]?.sha256 !== made[index]?.chunk.sha256).length;
  return { seconds, wrong };
}

function announcement(recordingId: string, { sha256: _, ...chunk }: { sha256: string }) {
  const now = new Date().toISOString();
  return {
    id: randomUUID(),
    subject: `/recording/call/${randomUUID()}/recordingId/${recordingId}`,
    eventType: "Microsoft.Communication.RecordingFileStatusUpdated",
    eventTime: now,
    dataVersion: "1.0",
    data: {
      recordingStorageInfo: { recordingChunks: [{ ...chunk, index: 0, endReason: "SessionEnded" }] },
      recordingStartTime: now,
    },
  };
}

async function copyFromMemory(connectionString: string): Promise<number> {
  const file = fileURLToPath(new URL("./copyFromMemory.ts", import.meta.url));
  const options = JSON.stringify({ connectionString, blob: `bench/${randomUUID()}`, bytes: GiB });
  const { stdout } = await promisify(execFile)(process.execPath, [file, options]);
  return Number(stdout);
}
