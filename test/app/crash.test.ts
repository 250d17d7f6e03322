import { expect, it } from "vitest";
import { cloudEvent, fixtures } from "../fixtures/eventFixtures.ts";
import { endState } from "../support/endState.ts";
import { addChunk, recordingEvent, startedBefore } from "../support/recordingEvent.ts";
import { startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

/** The same in both runs. */
const recordingStartTime = startedBefore(60_000);

/** The app is killed at these steps of its work, four times in a round: five tries are all that a message has. */
const killedAt = [
  [1, 6, 17, 41],
  [3, 11, 23, 37],
];

it("comes to the end of one clean delivery, however often the app crashes on the way", {
  timeout: 300_000,
}, async () => {
  const clean = await endStateAfter([[], []]);
  expect(clean.replies).toHaveLength(12);
  expect(clean.recordings).toHaveLength(8);
  expect(clean.problems).toEqual([]);
  expect(await endStateAfter(killedAt)).toEqual(clean);
});

/** Publishes texts, recordings and events of all other types in two rounds, and gives what is there when all is done. */
async function endStateAfter(kills: number[][]): Promise<Awaited<ReturnType<typeof endState>>> {
  let step = 0;
  let round: number[] = [];
  const app = await startApp(
    {},
    {
      log(line) {
        if (/^(\w+Events|sendAutoReply|sendOutbox|downloadRecording): /.test(line) && round.includes(++step))
          app.host.kill();
      },
    },
  );
  try {
    const others = fixtures.filter(({ family }) => family !== "recording" && family !== "sms");
    for (const [index, steps] of kills.entries()) {
      const events = others
        .filter((_, place) => place % 2 === index)
        .map(({ name, data }) => cloudEvent(name, data, { id: name }));
      for (let number = 1; number <= 6; number++) {
        const from = `+142555501${index}${number}`;
        events.push(textEvent(`text-${index}-${number}`, { from }));
      }
      const chunks = [0, 1].map((chunk) =>
        addChunk(app, chunk, { documentId: `d-${index}-${chunk}`, bytes: 1_000_000 }),
      );
      events.push(
        recordingEvent(
          `r-${index}`,
          (await Promise.all(chunks)).map(({ chunk }) => chunk),
          { recordingStartTime },
        ),
      );
      [step, round] = [0, steps];
      await app.publish(events, { batch: 5, shuffle: true });
      expect(step).toBeGreaterThan(Math.max(0, ...steps));
    }
    return await endState(app);
  } finally {
    await app.close();
  }
}
