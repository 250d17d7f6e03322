// The pure parts under all that can happen between them: texts, STOP and START in any order, duplicates, reports, and crashes between any
// two steps. A step is what storage or ACS does as one; the steps of all that is under way take turns by chance.
import { expect, it } from "vitest";
import { type Random, randomOf } from "../../dev/chaos/random.ts";
import type { AutoReplies } from "../../src/sms/autoReplies.ts";
import { type Decision, decide } from "../../src/sms/deciding/decide.ts";
import { foldOptOut, type OptOutState } from "../../src/sms/optOut/optOutState.ts";
import { optOutWord } from "../../src/sms/optOut/optOutWords.ts";
import { type Fact, foldOutbox } from "../../src/sms/outbox/foldOutbox.ts";
import { type Gate, isCooling, openGate, pass } from "../../src/sms/outbox/gate.ts";
import type { OutboxRow } from "../../src/sms/outbox/rows.ts";
import type { Text } from "../../src/sms/text.ts";

const cases = 10_000;
const now = new Date("2026-11-20T12:00:00Z");
const ours = "+14255550100";
const other = "+14255550101";
const limits = { perHour: 4, repeatMs: 600_000 };
const document: AutoReplies = {
  rules: [{ name: "hours", keywords: ["open"], reply: "From 9 to 5.", coolDownMinutes: 5 }],
  fallback: "Thank you, {from}.",
};

/** Why a reply is withheld when its sender changed their mind while it was on its way. */
const overtaken = new Set(["the recipient opted out", "the sender opted out", "opted out already"]);

/** What an account and ACS hold. */
class World {
  archived = new Set<string>();
  ours = new Set([ours, other]);
  optOut = new Map<string, OptOutState>();
  gates = new Map<string, Gate>();
  outbox = new Map<string, OutboxRow>();
  /** By repeatability id: ACS sends one message for one. */
  sent = new Map<string, { to: string; from: string }>();
  /** Texts that came when their sender was out. */
  cameWhileOut = new Set<Text>();
}

type Process = () => Generator<void, void>;

const pairOf = ({ to, from }: Text) => `${to} ${from}`;
const idOf = (text: Text) => `${pairOf(text)} ${text.messageId}`;

function* deliver(world: World, text: Text, begin: (process: Process) => void): Generator<void, void> {
  const isNew = !world.archived.has(text.messageId);
  if (isNew && world.optOut.get(pairOf(text))?.state === "out") world.cameWhileOut.add(text);
  world.archived.add(text.messageId);
  yield;
  world.ours.add(text.to);
  yield;
  const word = optOutWord(text.message);
  if (word === "stop" || word === "start") {
    const change = { state: word === "stop" ? "out" : "in", at: text.receivedAt, id: text.messageId } as const;
    const before = world.optOut.get(pairOf(text));
    world.optOut.set(pairOf(text), foldOptOut(before, { ...change, source: "text" }));
  }
  yield;
  begin(() => answer(world, text, begin));
}

function* answer(world: World, text: Text, begin: (process: Process) => void): Generator<void, void> {
  const id = idOf(text);
  if (!world.outbox.has(id)) {
    const decision = decideNow(world, text);
    yield;
    const admitted = passGate(world, text, decision);
    yield;
    if (!world.outbox.has(id)) world.outbox.set(id, rowOf(text, admitted));
    yield;
  }
  const row = world.outbox.get(id);
  if (row?.state !== "placed") return;
  if (row.rule !== "stop" && world.optOut.get(pairOf(text))?.state === "out") {
    learn(world, id, { kind: "withheld", reason: "the recipient opted out" });
    return;
  }
  learnColumns(world, id, { maybeSent: true });
  yield;
  if (!world.sent.has(id)) world.sent.set(id, { from: row.from, to: row.to });
  for (const status of ["Enroute", "Delivered", "Delivered"]) begin(() => report(world, id, status));
  yield;
  learn(world, id, { kind: "accepted", messageId: id, at: now });
}

function* report(world: World, id: string, status: string): Generator<void, void> {
  yield;
  learn(world, id, { kind: "report", messageId: id, status, at: now });
}

function learn(world: World, id: string, fact: Fact): void {
  const row = world.outbox.get(id);
  if (row) learnColumns(world, id, foldOutbox(row, fact) ?? {});
}

function learnColumns(world: World, id: string, columns: Partial<OutboxRow>): void {
  const row = world.outbox.get(id);
  if (row) world.outbox.set(id, { ...row, ...columns });
}

function decideNow(world: World, text: Text): Decision {
  const gate = world.gates.get(pairOf(text)) ?? openGate;
  const passed = gate.passed.some(({ id }) => id === idOf(text));
  return decide(text, document, {
    now,
    senderIsOurs: world.ours.has(text.from),
    optOut: world.optOut.get(pairOf(text)),
    shortCode: "acs",
    maxAgeMs: 3_600_000,
    firstContact: false,
    coolingDown: (rule, coolDownMs) => !passed && isCooling(gate, rule, coolDownMs, now.getTime()),
  });
}

function passGate(world: World, text: Text, decision: Decision): Decision {
  if ("silence" in decision) return decision;
  const words = decision.by === "rule" ? { words: text.message } : {};
  const passage = { id: idOf(text), at: now.getTime(), rule: decision.rule, coolDownMs: decision.coolDownMs, ...words };
  const after = pass(world.gates.get(pairOf(text)) ?? openGate, passage, limits);
  if ("refused" in after) return { silence: after.refused };
  world.gates.set(pairOf(text), after);
  return decision;
}

function rowOf(text: Text, decision: Decision): OutboxRow {
  const row = { from: text.to, to: text.from, placedAt: now, turn: 0, attempts: 0, maybeSent: false };
  return "silence" in decision
    ? { ...row, state: "silent", message: "", by: "rule", reason: decision.silence }
    : { ...row, state: "placed", message: decision.reply, by: decision.by, rule: decision.rule };
}

function makeTexts(random: Random): Text[] {
  return Array.from({ length: random.int(1, 7) }, (_, index) => ({
    messageId: `m${index}`,
    from: random.chance(0.1) ? other : random.pick(["+14255550123", "+14255550124"]),
    to: random.pick([ours, ours, other]),
    message: random.pick(["STOP", "Stop!", "START", "help", "open?", "open!", "Hello", `Hello ${index}`]),
    receivedAt: new Date(now.getTime() - 60_000 * random.int(0, 61)),
  }));
}

/** Runs everything to its end; what crashes begins again. */
function play(random: Random): { world: World; texts: Text[] } {
  const world = new World();
  const texts = makeTexts(random);
  const running: { process: Process; steps: Generator<void, void> }[] = [];
  const begin = (process: Process) => running.push({ process, steps: process() });
  for (const text of texts) {
    for (let times = random.chance(0.3) ? 2 : 1; times > 0; times--) begin(() => deliver(world, text, begin));
  }
  for (let crashes = random.int(0, 6); running.length > 0; ) {
    const index = random.int(0, running.length - 1);
    const one = running[index];
    if (one && crashes > 0 && random.chance(0.1)) {
      crashes--;
      running[index] = { process: one.process, steps: one.process() };
    } else if (one?.steps.next().done) running.splice(index, 1);
  }
  return { world, texts };
}

it(`holds in ${cases} interleavings`, { timeout: 300_000 }, () => {
  let replies = 0;
  for (let seed = 0; seed < cases; seed++) {
    const { world, texts } = play(randomOf(seed));
    const said = `seed ${seed}`;
    replies += world.sent.size;
    // Whatever passed the gate went out, unless a later word of its sender came between.
    for (const { id } of [...world.gates.values()].flatMap(({ passed }) => passed)) {
      const { state, reason = "" } = world.outbox.get(id) ?? {};
      expect(state === "delivered" || overtaken.has(reason), `${said}: ${state} ${reason}`).toBe(true);
    }
    // Every text is archived, and decided on once; nothing is left under way.
    expect(world.archived.size, said).toBe(new Set(texts.map(({ messageId }) => messageId)).size);
    expect(
      [...world.outbox.values()].filter(({ state }) => !["silent", "delivered"].includes(state)),
      said,
    ).toEqual([]);
    const perPair = new Map<string, number>();
    for (const [id, { from, to }] of world.sent) {
      expect([ours, other], said).not.toContain(to);
      // A reply belongs to a text; its id being the key, there is one at most.
      const text = texts.find((one) => idOf(one) === id);
      expect(text, said).toBeDefined();
      perPair.set(`${from} ${to}`, (perPair.get(`${from} ${to}`) ?? 0) + 1);
      // None to who was out when the text came, and did not come back: not even a second confirmation.
      const back = texts.some((one) => optOutWord(one.message) === "start" && text && pairOf(one) === pairOf(text));
      expect(text && world.cameWhileOut.has(text) && !back, said).toBe(false);
    }
    for (const count of perPair.values()) expect(count, said).toBeLessThanOrEqual(limits.perHour);
    // Whatever the order, the newest word counts.
    for (const [pair, { state }] of world.optOut) expect(state, said).toBe(newestWord(texts, pair));
  }
  // So that none of this is true for want of replies.
  expect(replies).toBeGreaterThan(cases);
});

function newestWord(texts: readonly Text[], pair: string): "out" | "in" {
  const words = texts.filter(
    (one) => pairOf(one) === pair && ["stop", "start"].includes(optOutWord(one.message) ?? ""),
  );
  const newest = Math.max(...words.map(({ receivedAt }) => receivedAt.getTime()));
  return words.some((one) => one.receivedAt.getTime() === newest && optOutWord(one.message) === "stop") ? "out" : "in";
}
