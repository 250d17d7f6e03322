// Seeded stories at once: texts, STOP and START, in both shapes, duplicated, out of order, with ACS failing and the app killed.
// STORIES=200 plays more of them: docs/chaos.md.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Random, randomOf } from "../../dev/chaos/random.ts";
import { optOutWord } from "../../src/sms/optOut/optOutWords.ts";
import { replyId } from "../../src/sms/outbox/rows.ts";
import { type App, startApp } from "../support/startApp.ts";
import { textEvent } from "../support/textEvent.ts";
import { writeConfig } from "../support/writeConfig.ts";

const ours = ["+12065550198", "+12065550199", "+18335550199"] as const;
const stories = Number(process.env.STORIES ?? 16);
/** Each speaks in two stories, to another of our numbers each time: with a multiple of three it were the same. */
const people = Math.ceil(stories / 2) + (Math.ceil(stories / 2) % ours.length === 0 ? 1 : 0);
// In proportion to the texts, so that no text meets more of them in few stories than in many.
const stepsToKill = Math.floor(stories * 0.75);
const faultTimes = Math.ceil(stories * 0.03);
/** So short that every next try follows at once. */
const delayScale = 0.0002;
const start = Date.now() - 30 * 60_000;

interface Said {
  messageId: string;
  from: string;
  to: string;
  message: string;
  /** When it was received. */
  at: number;
  round: number;
}

let app: App;
const kills = { left: 0, step: 0 };
beforeAll(async () => {
  const log = (line: string) => {
    if (/^(smsEvents|sendAutoReply|sendOutbox): /.test(line) && kills.left > 0 && ++kills.step % stepsToKill === 0) {
      kills.left--;
      app.host.kill();
    }
  };
  app = await startApp({ SMS_MAX_PER_DAY: "100000" }, { log, delayScale });
  await writeConfig(app, "auto-replies.json", {
    rules: [{ keywords: ["hello"], reply: "Hello, {from}." }],
    fallback: "Thank you for: {message}",
  });
});
afterAll(() => app?.close());

/** What one person says to one of our numbers in two rounds. */
function tell(seed: number): Said[] {
  const random = randomOf(seed);
  const from = `+1425555${String(100 + (seed % people)).padStart(4, "0")}`;
  const to = ours[seed % ours.length] ?? ours[0];
  const times = random.shuffle(Array.from({ length: 40 }, (_, index) => index)).slice(0, random.int(1, 3));
  return times.map((time, index) => ({
    messageId: `story-${seed}-${index}`,
    from,
    to,
    message: words(random, index),
    at: start + time * 30_000,
    round: random.int(0, 1),
  }));
}

function words(random: Random, index: number): string {
  if (random.chance(0.25)) return random.pick(["STOP", "stop.", "Unsubscribe"]);
  if (random.chance(0.2)) return random.pick(["START", "Unstop"]);
  return random.pick([`Hello ${index}`, `Question ${index}`]);
}

/** The state after some of what was said: the newest word counts. */
function optedOut(said: readonly Said[]): boolean {
  const words = said.filter(({ message }) => ["stop", "start"].includes(optOutWord(message) ?? ""));
  const newest = words.sort((a, b) => b.at - a.at)[0];
  return newest !== undefined && optOutWord(newest.message) === "stop";
}

const tagOf = ({ to, from, messageId }: Said) => replyId(to, from, messageId);

function eventsOf(said: Said, random: Random) {
  const { messageId, from, to, message, at } = said;
  const plain = random.chance(0.3);
  const spelt = (number: string) => (plain ? number.slice(1) : number);
  const data = { from: spelt(from), to: spelt(to), message, receivedTimestamp: new Date(at).toISOString() };
  // The second is another event about the same text.
  return random.chance(0.3)
    ? [textEvent(messageId, data), textEvent(messageId, data, `${messageId}-again`)]
    : [textEvent(messageId, data)];
}

it("answers each text at most once, and none after a STOP", { timeout: 300_000 }, async () => {
  const random = randomOf(20261121);
  const all = Array.from({ length: stories }, (_, seed) => tell(seed));
  for (const round of [0, 1]) {
    const before = app.acs.messages().length;
    for (const fault of ["acceptThenCut", "503", "429", "429-retry-after", "500"] as const) {
      await app.fault({ kind: "sms", fault, times: faultTimes });
    }
    [kills.left, kills.step] = [3, 0];
    const events = all.flat().filter((said) => said.round === round);
    await app.publish(
      events.flatMap((said) => eventsOf(said, random)),
      { batch: 20, duplicates: round === 0 ? 2 : 1, shuffle: true },
    );
    expect(kills.left).toBe(0);
    checkRound(all, round, before);
  }
  const messages = app.acs.messages();
  expect(new Set(messages.map(({ tag }) => tag)).size).toBe(messages.length);
  const tags = new Set(all.flat().map(tagOf));
  expect(messages.filter(({ tag }) => !tags.has(tag ?? ""))).toEqual([]);
  await checkKept(all.flat());
});

/** Nobody who was out before a round, and did not come back in it, got anything in it. */
function checkRound(all: readonly Said[][], round: number, before: number): void {
  const sent = app.acs.messages().slice(before);
  for (const story of all) {
    const [first] = story;
    const earlier = story.filter((said) => said.round < round);
    const now = story.filter((said) => said.round === round);
    const back = now.some(({ message }) => optOutWord(message) === "start");
    if (first && optedOut(earlier) && !back) {
      expect(sent.filter(({ from, to }) => from === first.to && to === first.from)).toEqual([]);
    }
    // Who never said STOP or START was answered: each text, as its words differ.
    if (!story.some(({ message }) => ["stop", "start"].includes(optOutWord(message) ?? ""))) {
      const tags = sent.map(({ tag }) => tag);
      for (const said of now) expect(tags, said.messageId).toContain(tagOf(said));
    }
  }
}

async function checkKept(all: readonly Said[]): Promise<void> {
  const archived = (await app.store.names("events", "sms/SMSReceived/")).map((name) => name.split("/").at(-1) ?? "");
  for (const { messageId } of all) {
    expect(
      archived.filter((name) => name.startsWith(`${messageId}.`)),
      messageId,
    ).toHaveLength(1);
  }
  const outbox = (await app.store.ledger()).filter(({ partitionKey }) => partitionKey.startsWith("outbox:"));
  expect(outbox.filter(({ state }) => !["silent", "delivered", "failed"].includes(String(state)))).toEqual([]);
  expect(outbox).toHaveLength(all.length);
  expect((await app.store.problems()).map(({ partitionKey }) => partitionKey)).not.toContain("poisonedJob");
  const pairs = new Map(all.map((said) => [`${said.to} ${said.from}`, said]));
  for (const { to, from } of pairs.values()) {
    const said = all.filter((one) => one.to === to && one.from === from);
    const words = said.some(({ message }) => ["stop", "start"].includes(optOutWord(message) ?? ""));
    const answer = await app.get(`/api/sms/opt-outs/${to}/${from}`);
    const { state } = (await answer.json()) as { state: string };
    if (words) expect(state, `${to} ${from}`).toBe(optedOut(said) ? "out" : "in");
  }
}
