import { expect, it } from "vitest";
import { families } from "../../src/events/families.ts";
import { cloudEvent, fixtures } from "../fixtures/eventFixtures.ts";
import { endState } from "../support/endState.ts";
import { addChunk, recordingEvent, startedBefore } from "../support/recordingEvent.ts";
import { startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

/** The same in both runs. */
const recordingStartTime = startedBefore(60_000);

/** The app is killed at these of the 28 steps of its work, which are more with each crash: four times, as five tries are all that a message has. */
const killedAt = [1, 6, 17, 26];

it("comes to the end of one clean delivery, however often the app crashes on the way", {
  timeout: 300_000,
}, async () => {
  const clean = await endStateAfter([]);
  expect(clean.replies).toHaveLength(6);
  expect(clean.recordings).toHaveLength(4);
  expect(clean.problems).toEqual([]);
  expect(await endStateAfter(killedAt)).toEqual(clean);
});

/** Publishes texts, recordings and an event of each other family, and gives what is there when all is done. */
async function endStateAfter(kills: number[]): Promise<Awaited<ReturnType<typeof endState>>> {
  let step = 0;
  const app = await startApp(
    {},
    {
      log(line) {
        if (/^(\w+Events|sendAutoReply|sendOutbox|downloadRecording): /.test(line) && kills.includes(++step))
          app.host.kill();
      },
    },
  );
  try {
    const events = families
      .filter((family) => family !== "recording" && family !== "sms")
      .flatMap((family) => fixtures.find((fixture) => fixture.family === family) ?? [])
      .map(({ name, data }) => cloudEvent(name, data, { id: name }));
    for (let number = 1; number <= 6; number++)
      events.push(textEvent(`text-${number}`, { from: `+1425555010${number}` }));
    const chunks = [0, 1].map((chunk) => addChunk(app, chunk, { documentId: `d-${chunk}`, bytes: 1_000_000 }));
    const told = (await Promise.all(chunks)).map(({ chunk }) => chunk);
    events.push(recordingEvent("r", told, { recordingStartTime }));
    await app.publish(events, { batch: 5, shuffle: true });
    expect(step).toBeGreaterThan(Math.max(0, ...kills));
    return await endState(app);
  } finally {
    await app.close();
  }
}
