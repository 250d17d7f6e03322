// Stories of a thread by chance, and what their transcripts must be.
import fc from "fast-check";
import type { Item } from "../../src/calls/threads/foldItem.ts";
import type { Stay } from "../../src/calls/threads/foldStays.ts";
import { type Happening, identifier, iso, listed, type Shape, shapes } from "./chatCopies.ts";

const people = ["Ann", "Bob", "Carol", "Dan"].map((displayName) => ({
  id: `8:acs:resource_${displayName.toLowerCase()}`,
  displayName,
}));
const threadId = "19:story@thread.v2";
const begin = Date.UTC(2026, 10, 20, 9);

interface Step {
  kind: "say" | "edit" | "delete" | "add" | "remove" | "topic";
  who: number;
  which: number;
  text: string;
  gap: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom("say", "say", "edit", "delete", "add", "remove", "topic"),
  who: fc.nat(people.length - 1),
  which: fc.nat(5),
  text: fc.string({ maxLength: 5, unit: "grapheme" }),
  gap: fc.integer({ min: 1, max: 100_000 }),
});

/** The copies in which something came; the same one may come again. */
const copies: fc.Arbitrary<{ shape: Shape; copy: number }[]> = fc.array(
  fc.record({ shape: fc.constantFrom(...shapes), copy: fc.nat(3) }),
  { minLength: 1, maxLength: 4 },
);

export const plays = fc.record({
  steps: fc.array(fc.tuple(step, copies), { maxLength: 20, size: "max" }),
  created: copies,
  ended: fc.option(copies),
});

export interface Told {
  happening: Happening;
  copies: { shape: Shape; copy: number }[];
}

interface Message {
  item: Extract<Item, { kind: "message" }>;
  head: Record<string, unknown>;
}

/** What happens in a play, and the transcript of it. */
export function tell(play: typeof plays extends fc.Arbitrary<infer P> ? P : never) {
  const told: Told[] = [];
  const items: Item[] = [];
  const stays: Stay[] = [];
  const messages: Message[] = [];
  const topics: { topic: string; at: string; by: string }[] = [{ topic: "Begin", at: iso(begin), by: idOf(0) }];
  let at = begin;
  const happen = (what: Happening["what"], data: Record<string, unknown>, ways: Told["copies"]) =>
    told.push({ happening: { what, threadId, at, data: { version: at, ...data } }, copies: ways });

  const first = [0, 1].map((who) => ({ id: idOf(who), displayName: nameOf(who) }));
  happen(
    "created",
    {
      createTime: iso(at),
      createdByCommunicationIdentifier: identifier(idOf(0)),
      participants: first.map(({ id, displayName }) => listed(id, displayName)),
      properties: { topic: "Begin" },
    },
    play.created,
  );
  items.push({ kind: "threadCreated", at: iso(at), by: idOf(0), participants: first, topic: "Begin" });
  stays.push(...first.map((one) => ({ ...one, from: iso(begin), addedBy: idOf(0) })));

  for (const [{ kind, who, which, text, gap }, ways] of play.steps) {
    at += gap;
    const by = idOf(which % people.length);
    const stay = stays.find(({ id, until }) => id === idOf(who) && !until);
    const person = { id: idOf(who), displayName: nameOf(who) };
    const message = messages[which];
    if (kind === "say") {
      const head = {
        messageId: String(at),
        senderCommunicationIdentifier: identifier(idOf(who)),
        senderDisplayName: nameOf(who),
        composeTime: iso(at),
        type: "Text",
      };
      const item = { kind: "message", at: iso(at), messageId: String(at), sender: person, type: "Text", text } as const;
      messages.push({ item: { ...item }, head });
      items.push(messages.at(-1)?.item as Item);
      happen("received", { ...head, messageBody: text }, ways);
    } else if (kind === "edit" && message && !message.item.deleted) {
      const { item, head } = message;
      item.versions ??= [{ at: item.at ?? "", text: item.text ?? "", original: true }];
      item.versions.push({ at: iso(at), text });
      item.text = text;
      happen("edited", { ...head, messageBody: text, editTime: iso(at) }, ways);
    } else if (kind === "delete" && message && !message.item.deleted) {
      Object.assign(message.item, { deleted: true, deletedAt: iso(at) });
      happen("deleted", { ...message.head, version: at + 200, deleteTime: iso(at) }, ways);
    } else if (kind === "add" && !stay) {
      stays.push({ ...person, from: iso(at), addedBy: by });
      items.push({ kind: "participantAdded", at: iso(at), by, participant: person });
      const participantAdded = listed(person.id, person.displayName);
      happen("added", { participantAdded, time: iso(at), addedByCommunicationIdentifier: identifier(by) }, ways);
    } else if (kind === "remove" && stay) {
      Object.assign(stay, { until: iso(at), removedBy: by });
      items.push({ kind: "participantRemoved", at: iso(at), by, participant: person });
      const participantRemoved = listed(person.id, person.displayName);
      happen("removed", { participantRemoved, time: iso(at), removedByCommunicationIdentifier: identifier(by) }, ways);
    } else if (kind === "topic") {
      topics.push({ topic: text, at: iso(at), by });
      items.push({ kind: "propertiesUpdated", at: iso(at), by, topic: text });
      const change = { editTime: iso(at), properties: { topic: text } };
      happen("updated", { ...change, editedByCommunicationIdentifier: identifier(by) }, ways);
    }
  }
  const end = play.ended && { deletedAt: iso(at + 90_000), deletedBy: idOf(1) };
  if (play.ended && end) {
    // The version is that of the last change before.
    const ended = { version: at, deleteTime: end.deletedAt, deletedByCommunicationIdentifier: identifier(idOf(1)) };
    at += 90_000;
    happen("ended", ended, play.ended);
    items.push({ kind: "threadDeleted", at: end.deletedAt, by: end.deletedBy });
  }
  const topic = topics.at(-1)?.topic;
  const thread = { topic, createdAt: iso(begin), createdBy: idOf(0), ...end, participants: stays, topics };
  return { told, thread, items };
}

const idOf = (who: number) => people[who]?.id ?? "";
const nameOf = (who: number) => people[who]?.displayName ?? "";
