import { definitions } from "../../src/events/definitions.ts";
import type { Family } from "../../src/events/families.ts";
import type { Subscription } from "../eventGrid/subscription.ts";

/** The event subscription of a family's function: all its event types, in the Event Grid schema, small batches. */
export function familySubscription(family: Family, endpoint: string): Subscription {
  return {
    name: `${family}Events`,
    endpoint,
    schema: "eventGrid",
    includedEventTypes: definitions.flatMap((definition) =>
      definition.family === family ? [definition.type, ...definition.aliases] : [],
    ),
    maxEventsPerBatch: 100,
    deadLetter: true,
  };
}
