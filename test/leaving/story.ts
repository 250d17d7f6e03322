import fc from "fast-check";
import { story as callStory } from "../calls/callStory.ts";
import { copyOf } from "../calls/chatCopies.ts";
import { plays, tell } from "../calls/chatStory.ts";
import { cloudEvent, eventGridEvent, fixtures } from "../fixtures/eventFixtures.ts";
import { addChunk, recordingEvent } from "../support/recordingEvent.ts";
import type { App } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";

/** A chat thread with all that can happen in one. */
export const chat = fc
  .sample(plays, { numRuns: 50, seed: 7 })
  .map(tell)
  .reduce((one, other) => (other.items.length > one.items.length ? other : one));
export const threadId = "19:story@thread.v2";

/** Who texts, and is answered. */
export const they = "+14255550177";

/** Something of everything that the app keeps: each type of event, a call, a thread, a text and its answer, a recording, a refused event. */
export async function publishStory(app: App): Promise<void> {
  await app.publish(fixtures.map(({ name }, place) => eventGridEvent(name, undefined, { id: `fixture-${place}` })));
  await app.publish([cloudEvent("SMSReceived"), ...callStory]);
  await app.publish(
    chat.told.flatMap(({ happening, copies }) => copies.map(({ shape, copy }) => copyOf(happening, shape, copy))),
  );
  const text = textEvent("first", { from: they });
  await app.publish([text, text, textEvent("other-shape", { from: they, messageId: "first" })]);
  const chunks = [
    await addChunk(app, 0, { documentId: "leaving-0", bytes: 300_000 }),
    await addChunk(app, 1, { documentId: "leaving-1" }),
  ];
  const event = recordingEvent(
    "leaving",
    chunks.map(({ chunk }) => chunk),
    { callId: "leaving-call" },
  );
  await app.publish([event]);
  await app.post("sms", [eventGridEvent("SMSReceived", { message: "from nobody" }, { id: "refused" })]);
  await app.idle();
}
