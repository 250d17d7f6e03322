// Who records a call of which several events tell, each by its own serverCallId, when any of them stops anywhere.
import { afterAll, beforeAll, expect, it } from "vitest";
import { autoRecordKeys } from "../../src/recordings/control/autoRecordRow.ts";
import { claimAutoRecord } from "../../src/recordings/control/claimAutoRecord.ts";
import { type ArchiveUnderTest, archiveUnderTest } from "../proof/archiveUnderTest.ts";

let app: ArchiveUnderTest;
beforeAll(async () => {
  app = await archiveUnderTest();
});
afterAll(() => app?.close());

const writes = new Set(["PUT", "POST", "MERGE", "PATCH", "DELETE"]);

/** Lets so many writes through, and then nothing; tells whether there was one too many. */
function stopAfter(allowed: number): () => boolean {
  let [done, down] = [0, false];
  app.proxy.faults = ({ method }) => {
    down ||= writes.has(method) && done++ === allowed;
    return down ? "refused" : "pass";
  };
  return () => {
    app.proxy.faults = () => "pass";
    return down;
  };
}

/** A message of the queue that is worked at until it needs no other try. */
async function work(owner: string, data: { serverCallId: string; correlationId?: string }, started: Set<string>) {
  const keys = autoRecordKeys({ data }, data.serverCallId);
  const fresh = { state: "claimed", owner, claimedAt: new Date(), event: "", recordingId: "", ...data };
  const claimed = await claimAutoRecord(keys, fresh);
  if (typeof claimed === "string") return;
  // As startRecording: again is the same recording.
  started.add(data.serverCallId);
  await claimed.end({ state: "started", recordingId: `recording of ${data.serverCallId}` });
}

it.each([
  ["with another serverCallId", { serverCallId: "b" }],
  ["with the same serverCallId", { serverCallId: "a" }],
])(
  "one event of a call starts its recording, and none %s, wherever the first stops",
  async (_how, { serverCallId }) => {
    let stopped = true;
    for (let allowed = 0; stopped; allowed++) {
      const id = (text: string) => `${text}-${serverCallId}-${allowed}`;
      const started = new Set<string>();
      const call = { correlationId: id("call") };
      const first = () => work("one", { ...call, serverCallId: id("a") }, started);
      const second = () => work("two", { ...call, serverCallId: id(serverCallId) }, started);
      const end = stopAfter(allowed);
      await first().catch(() => {});
      stopped = end();
      await Promise.allSettled([first(), second()]);
      for (const message of [second, first, second]) await message();
      expect([...started], `stopped at write ${allowed}`).toHaveLength(1);
      // An event of 2021 names no correlationId.
      await work("three", { serverCallId: id(serverCallId) }, started);
      expect([...started], `stopped at write ${allowed}`).toHaveLength(1);
    }
  },
);

it("lets another serverCallId try when ACS refused the first", async () => {
  const keys = (serverCallId: string) =>
    autoRecordKeys({ data: { serverCallId, correlationId: "tried" } }, serverCallId);
  const fresh = { state: "claimed", claimedAt: new Date(), event: "", recordingId: "" };
  const one = { ...fresh, owner: "one", serverCallId: "tried-a" };
  const two = { ...fresh, owner: "two", serverCallId: "tried-b" };
  const claimed = await claimAutoRecord(keys("tried-a"), one);
  await expect(claimAutoRecord(keys("tried-b"), two)).rejects.toMatchObject({ code: "ACS_EVENTS_RECORDING_BEGINS" });
  if (typeof claimed === "object") await claimed.end({ state: "refused", recordingId: "" });
  expect(await claimAutoRecord(keys("tried-a"), { ...one, owner: "three" })).toBe("already refused");
  expect(await claimAutoRecord(keys("tried-b"), two)).toBeTypeOf("object");
});
