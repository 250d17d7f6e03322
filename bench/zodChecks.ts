import { z } from "zod";
import { schemaOf } from "../scripts/generateValidators.ts";
import { definitions } from "../src/events/definitions.ts";
import type { Envelope } from "../src/events/envelope.ts";
import type { JsonObject } from "../src/events/json.ts";

const textOrNull = z.string().nullish();
const timeOrNull = z.iso.datetime({ offset: true }).nullish();

/** What readEnvelope checks. */
const envelopes = {
  eventGrid: z.looseObject({
    ...{ id: textOrNull, topic: textOrNull, subject: textOrNull, eventType: z.string().min(1), eventTime: timeOrNull },
    data: z.record(z.string(), z.unknown()),
  }),
  cloudEvents: z.looseObject({
    ...{ id: textOrNull, source: textOrNull, subject: textOrNull, type: z.string().min(1), time: timeOrNull },
    data: z.record(z.string(), z.unknown()),
  }),
};

/** The schemas of all types, as zod makes them of those from which the app's own validators are generated. */
const types = new Map(
  definitions.map((definition) => {
    const schema = JSON.parse(JSON.stringify(schemaOf(definition))) as Parameters<typeof z.fromJSONSchema>[0];
    return [definition.name, z.fromJSONSchema(schema)];
  }),
);

/** Whether zod finds an event well-formed: its envelope, and its data, which must be in today's shape. */
export function zodAccepts(raw: JsonObject, schema: Envelope["schema"], name: string, data: JsonObject): boolean {
  return envelopes[schema].safeParse(raw).success && types.get(name)?.safeParse(data).success === true;
}
