// From whatever JSON arrived to an event of one of the known types, in today's shape, or to the reasons why not.
import type { AcsEvent } from "./acsEvent.ts";
import { definitionOf } from "./definitions.ts";
import type { Entity } from "./entities.ts";
import { type Envelope, readEnvelope } from "./envelope.ts";
import { identityOf } from "./identity.ts";
import { printable } from "./printable.ts";
import { type Reason, Rejected } from "./rejected.ts";
import { summaryOf } from "./summary.ts";
import { upcast } from "./upcast.ts";
import { validationReasons } from "./validationReasons.ts";
import { warningsFor } from "./warnings.ts";

/** A thread has at most 250 participants; a forged list of thousands must not become as many rows. */
const MAX_ENTITIES = 500;

/**
 * Reads one event: envelope, type, today's shape, validation, entities. Pure; throws only `Rejected`, whatever `raw` is.
 *
 * @param rules.allowedTopics topics (lower-cased) of the resources whose events are welcome; none or empty: any
 */
export function accept(raw: unknown, rules: { allowedTopics?: ReadonlySet<string> } = {}): AcsEvent {
  const reasons: Reason[] = [];
  const envelope = readEnvelope(raw, reasons);
  if (envelope === undefined) throw new Rejected(reasons);
  const { id, topic, subject, time, schema } = envelope;
  checkTopic(envelope, rules.allowedTopics, reasons);
  const definition = envelope.type === "" ? undefined : definitionOf(envelope.type);
  if (definition === undefined) {
    if (envelope.type !== "") reasons.push(unknownType(envelope));
    throw new Rejected(reasons);
  }

  const { data: modern, received } = upcast(envelope.data ?? {}, definition.legacy);
  if (envelope.data) reasons.push(...validationReasons(definition.name, modern, received));
  if (reasons.length > 0) throw new Rejected(reasons);

  const identity = identityOf(raw);
  const data = definition.complete?.({ data: modern, subject, identity }) ?? modern;
  const { name, type, family } = definition;
  const entities = distinct(definition.entities({ data }));
  const summary = summaryOf(definition, data);
  const warnings = warningsFor(definition, modern, received);
  if (time === null) warnings.push("no event time");
  if (entities.length === MAX_ENTITIES) warnings.push(`indexed under the first ${MAX_ENTITIES} entities only`);
  return { raw, identity, id, topic, subject, time, schema, name, type, family, data, entities, summary, warnings };
}

function checkTopic(envelope: Envelope, allowed: ReadonlySet<string> | undefined, reasons: Reason[]): void {
  if (!allowed || allowed.size === 0) return;
  if (envelope.topic !== null && allowed.has(envelope.topic.toLowerCase())) return;
  reasons.push({
    code: "ACS_EVENTS_TOPIC_NOT_ALLOWED",
    pointer: envelope.schema === "eventGrid" ? "/topic" : "/source",
    expected: "a topic of the setting ALLOWED_TOPICS",
    found: envelope.topic === null ? "no topic" : printable(envelope.topic),
  });
}

function unknownType(envelope: Envelope): Reason {
  return {
    code: "ACS_EVENTS_UNKNOWN_TYPE",
    pointer: envelope.schema === "eventGrid" ? "/eventType" : "/type",
    expected: "a known event type",
    found: printable(envelope.type),
  };
}

function distinct(entities: readonly (Entity | undefined)[]): Entity[] {
  const kept = new Set<Entity>();
  for (const entity of entities) {
    if (entity !== undefined && kept.size < MAX_ENTITIES) kept.add(entity);
  }
  return [...kept];
}
