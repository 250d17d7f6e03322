import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { namesIn } from "../../src/calls/record/callName.ts";
import { foldCall } from "../../src/calls/record/foldCall.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { inRepository } from "../support/repository.ts";
import { folding } from "./callStory.ts";

const types = ["CallStarted", "CallParticipantAdded", "CallParticipantRemoved", "CallEnded"];

/** The founding documents lie beside the repository where it is developed; elsewhere the fixtures, which have their shapes, stand in. */
const folder = inRepository("../shared/founding");
const founding = existsSync(folder);

it("folds the call events of the founding documents into one record", () => {
  const events = (founding ? eventsInDocuments() : types.map((type) => eventGridEvent(type)))
    .map(folding)
    .filter(({ name }) => types.includes(name));
  expect(new Set(events.map(({ name }) => name))).toEqual(new Set(types));
  // One of them has a serverCallId of its own, but all have one correlationId.
  const [first, ...others] = events.map((event) => new Set(namesIn(event)));
  for (const names of others) expect([...names].some((name) => first?.has(name))).toBe(true);
  const record = foldCall(events, { serverCallIds: ["s"], recordings: [], cut: false, unreadable: false }, Date.now());
  expect(record).toMatchObject({ state: "ended", startedBy: { kind: "communicationUser" } });
  expect(record.startedAt).toBeDefined();
  expect(record.endedAt).toBeDefined();
  expect(record.duration.reportedInSeconds).toBeGreaterThan(0);
  if (founding) {
    expect(record.duration).toEqual({ reportedInSeconds: 49.728617199999995, computedInSeconds: 33.924 });
    // The documents show the join of one stay and the leave of another.
    expect(record.participants.map(({ displayName }) => displayName)).toEqual(["Sharif Edge", "Sharif Chrome"]);
    expect(record.partial.map(({ reason }) => reason)).toEqual(["joinMissing", "leaveMissing"]);
  }
});

/** The JSON blocks of documents that hold call events. */
function eventsInDocuments(): unknown[] {
  const texts = globSync("*.txt", { cwd: folder }).map((file) => readFileSync(join(folder, file), "utf8"));
  const blocks = texts
    .flatMap((text) => text.match(/^\[\n[\s\S]*?\n *\]$/gm) ?? [])
    .filter((block) => block.includes("Microsoft.Communication.Call"));
  return blocks.flatMap((block) => {
    const value: unknown = JSON.parse(block);
    return Array.isArray(value) ? value.filter(({ eventType }) => /\.Call/.test(eventType)) : [];
  });
}
