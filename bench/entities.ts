import { EventGridDeserializer } from "@azure/eventgrid";
import { accept } from "../src/events/accept.ts";
import { definitionOf } from "../src/events/definitions.ts";
import type { Entity } from "../src/events/entities.ts";
import { readEnvelope } from "../src/events/envelope.ts";
import { identityOf } from "../src/events/identity.ts";
import type { JsonObject } from "../src/events/json.ts";
import type { Reason } from "../src/events/rejected.ts";
import { upcast } from "../src/events/upcast.ts";
import { validationReasons } from "../src/events/validationReasons.ts";
import { interleave, quantile } from "./interleave.ts";
import { printTable } from "./printTable.ts";
import { readSamples } from "./readSamples.ts";
import { zodAccepts } from "./zodChecks.ts";

/** Times that all events are gone through in a round, and rounds: so short that most are not interrupted. */
const [passes, rounds] = [3, 400];
/** Of the time that JSON.parse takes. */
const goal = 1;

/** From a parsed event to its entities, as `accept` does it, relative to JSON.parse of the same text. */
export async function entities(): Promise<string[]> {
  const { events, from } = readSamples();
  const texts = events.map((event) => JSON.stringify(event));
  const modern = events.map(toToday);
  const { accepted, deserialize } = await azureDeserializer(events);
  const zods = modern.filter(({ raw, schema, name, data }) => zodAccepts(raw, schema, name, data));
  const each = (work: (event: JsonObject) => unknown) => () => {
    for (let pass = 0; pass < passes; pass++) for (const event of events) work(event);
  };

  const [parse, ours] = ["JSON.parse of the text", "envelope, upcast, validate, entities"];
  const azure = `@azure/eventgrid, ${accepted} events that it takes: envelope`;
  const zod = `zod, ${zods.length} events that it takes: envelope, validate`;
  const ways: Record<string, () => unknown> = {
    [parse]: () => {
      for (let pass = 0; pass < passes; pass++) for (const text of texts) JSON.parse(text);
    },
    [ours]: each(entitiesOf),
    "all of accept: also identity (SHA-256), summary, warnings": each(accept),
    "identity alone": each(identityOf),
    [azure]: async () => {
      for (let pass = 0; pass < passes; pass++) await deserialize();
    },
    [zod]: () => {
      for (let pass = 0; pass < passes; pass++) {
        for (const { raw, schema, name, data } of zods) zodAccepts(raw, schema, name, data);
      }
    },
  };
  // The first rounds are the compiler's.
  await interleave(ways, 50);
  const times = await interleave(ways, rounds);
  const counts: Record<string, number> = { [azure]: accepted, [zod]: zods.length };
  const cost = (way: string) => (quantile(times[way] ?? []) * 1000) / passes / (counts[way] ?? events.length);
  const rows = Object.keys(ways).map((way) => [way, cost(way).toFixed(2), (cost(way) / cost(parse)).toFixed(2)]);
  console.log(`  ${events.length} ${from}, ${(texts.join("").length / texts.length).toFixed(0)} characters each`);
  printTable(["", "µs an event", "of JSON.parse"], rows);
  // Round by round, as a busy machine changes between them.
  const share = quantile((times[ours] ?? []).map((time, round) => time / (times[parse]?.[round] ?? Number.NaN)));
  console.log(`  goal: at most ${goal.toFixed(2)} of JSON.parse; it is ${share.toFixed(2)}`);
  return share <= goal ? [] : [`envelope, upcast, validate and entities take ${share.toFixed(2)} of JSON.parse`];
}

/** The steps of `accept` that the goal is about. */
function entitiesOf(raw: JsonObject): readonly (Entity | undefined)[] {
  const reasons: Reason[] = [];
  const envelope = readEnvelope(raw, reasons);
  const definition = definitionOf(envelope?.type ?? "");
  if (!envelope?.data || !definition) throw new Error(`Not an event: ${JSON.stringify(raw)}`);
  const { data, received } = upcast(envelope.data, definition.legacy);
  reasons.push(...validationReasons(definition.name, data, received));
  if (reasons.length > 0) throw new Error(`Not accepted: ${JSON.stringify(reasons)}`);
  return definition.entities({
    data: definition.complete?.({ data, subject: envelope.subject, identity: "" }) ?? data,
  });
}

/** What zod is given: it knows no other shape than today's. */
function toToday(raw: JsonObject) {
  const envelope = readEnvelope(raw, []);
  const definition = definitionOf(envelope?.type ?? "");
  if (!envelope?.data || !definition) throw new Error(`Not an event: ${JSON.stringify(raw)}`);
  const { data } = upcast(envelope.data, definition.legacy);
  return { raw, schema: envelope.schema, name: definition.name, data };
}

/** The deserializer of Azure's own SDK, over the events that it does not refuse (null as id, no topic). */
async function azureDeserializer(events: readonly JsonObject[]) {
  const deserializer = new EventGridDeserializer();
  const taken = { eventGrid: [] as JsonObject[], cloudEvents: [] as JsonObject[] };
  const read = async () => {
    await deserializer.deserializeEventGridEvents(taken.eventGrid as unknown as Record<string, unknown>);
    await deserializer.deserializeCloudEvents(taken.cloudEvents as unknown as Record<string, unknown>);
  };
  for (const event of events) {
    const kept = { eventGrid: taken.eventGrid, cloudEvents: taken.cloudEvents };
    const { schema } = toToday(event);
    taken[schema] = [...taken[schema], event];
    await read().catch(() => Object.assign(taken, kept));
  }
  return { accepted: taken.eventGrid.length + taken.cloudEvents.length, deserialize: read };
}
