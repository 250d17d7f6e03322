import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import { playStory } from "../../dev/demo/playStory.ts";
import { startSink } from "../acsSimulator/startSink.ts";
import { cloudEvent, eventGridEvent } from "../fixtures/eventFixtures.ts";
import { callIdOf, recordingsOf } from "./callRecording.ts";
import { bob, jane, ofJane, recordings, shared, story, thread } from "./jane.ts";
import { personalTexts } from "./personalTexts.ts";
import { done, download, order } from "./personExports.ts";
import { recordingEvent } from "./recordingEvent.ts";
import { openProblems, replay } from "./replay.ts";
import type { App } from "./startApp.ts";
import { ourNumber, textEvent } from "./textEvent.ts";

const person = `/api/people/${encodeURIComponent(jane.number)}`;
const byAda = { headers: { "x-acs-events-actor": "ada.admin@contoso.example" } };
/** What people wrote to the app's HTTP functions. */
const written = ["We call you back, dear Jane", "A lawyer wrote to us", "Nonsense of a tester", "She asked us to go"];

/** Everything that the app does for its owner happens, with Jane and Bob in it, and nothing goes wrong. */
export async function playWholeStory(app: App): Promise<void> {
  expect(await playStory(app, () => {})).toEqual([]);
  const elsewhere = { index: 0, documentId: "own", contentLocation: "https://contoso.blob.core.windows.net/own.mp4" };
  const own = recordingEvent("own", [elsewhere], { storageType: "AzureBlob" });
  await app.publish([...story(), ...(await recordings(app)), own, textEvent("twice"), textEvent("twice")]);
  await app.publish([eventGridEvent("SMSReceived", { from: "+14255550189", "+14255550190": true })]);
  await sendByHand(app, written[0] ?? "");
  await callBack(app);
  for (const path of [
    `sms/${ourNumber}/${bob.number}`,
    `calls/${shared}`,
    "calls/never",
    `threads/${thread}`,
    "problems",
  ])
    await app.get(`/api/${path}`);
  await app.call("PUT", `${person}/aliases`, { aliases: [jane.rawId, jane.mail] }, byAda);
  const { parts } = await done(app, order(app, jane.number));
  for (const part of parts) await download(app, part);
  for (const method of ["PUT", "DELETE"])
    expect((await app.call(method, `${person}/hold`, { reason: written[1] }, byAda)).ok).toBe(true);
  const [first, second] = await openProblems(app, "quarantinedEvent");
  await replay(app, first?.id, { commit: true, reason: written[2] });
  await app.call("POST", `${second?.link}/dismiss`, { reason: written[2] }, byAda);
  await app.moveClock(86_400_000);
  for (const timer of ["seal", "enforceRetention", "expirePersonExports"]) await app.host.runTimer(timer);
  await app.moveClock(0);
  await app.idle();
}

/** Erases Jane; resolves when it is done. Days later: an erasure waits for recordings that are still on their way, until no more is tried. */
export async function eraseJane(app: App): Promise<void> {
  await app.moveClock(4 * 86_400_000);
  const asked = await app.call("DELETE", person, { reason: written[3] }, byAda);
  const { link } = (await asked.json()) as { link: string };
  const status = async () => ((await (await app.get(link)).json()) as { status: string }).status;
  await vi.waitFor(async () => expect(await status()).toBe("done"), { timeout: 120_000, interval: 200 });
}

async function sendByHand(app: App, message: string): Promise<void> {
  const text = { from: ourNumber, to: [bob.number], message };
  await app.call("POST", "/api/sms", text, { headers: { "idempotency-key": randomUUID() } });
  await app.idle();
}

/** ACS tells of a recording and of a call, one event and several at once. */
async function callBack(app: App): Promise<void> {
  const sink = await startSink();
  const callLocator = { id: callIdOf("called-back"), kind: "serverCallLocator" } as const;
  await recordingsOf(app).start({ callLocator, recordingStateCallbackEndpointUrl: sink.url });
  await app.acs.idle();
  await sink.close();
  const headers = { authorization: sink.posts[0]?.headers.authorization ?? "" };
  const participant = { rawId: `4:${jane.number}`, kind: "phoneNumber", phoneNumber: { value: jane.number } };
  const events = ["one", "two"].map((id) =>
    cloudEvent("AddParticipantSucceeded", { participant }, { id, source: "calling/callConnections/1" }),
  );
  const state = cloudEvent("RecordingStateChanged", undefined, { id: "state", source: "calling/recordings/1" });
  for (const [door, body] of [
    ["calls", events],
    ["recording", state],
  ] as const)
    expect((await app.call("POST", `/api/callbacks/${door}`, body, { headers })).status).toBe(200);
  await app.idle();
}

/** Numbers, names and words of everybody in what came and went so far, and what the owner's people wrote. */
export async function wordsOf(app: App): Promise<Set<string>> {
  const kept = ["events", "quarantine"].map(async (container) =>
    Promise.all((await app.store.names(container)).map((name) => app.store.read(container, name))),
  );
  const came = (await Promise.all(kept)).flat();
  const said = [...came, ...app.acs.messages()].flatMap((event) => personalTexts(event));
  return new Set([...said, ...ofJane, bob.name, bob.number.slice(1), ...written, "ada.admin"]);
}
