import { problem, type Said } from "../finding.ts";
import { deletion, type Expected, type Ours } from "./expected.ts";

/** What Event Grid does where a subscription says nothing: https://learn.microsoft.com/azure/event-grid/manage-event-delivery */
const defaults = { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440, maxEventsPerBatch: 1 };

const schemas = ["eventgridschema", "cloudeventschemav1_0"];

const again = "azd hooks run postdeploy";

/** How events are delivered, and what becomes of those that cannot be. */
export function judgeDelivery(one: Ours, expected: Expected): Said[] {
  return [
    ...judgeState(one, expected),
    ...judgeSchema(one),
    ...judgeRetries(one, expected),
    ...judgeDeadLetters(one, expected),
  ];
}

function judgeState({ name, state, expires }: Ours, expected: Expected): Said[] {
  const said: Said[] = [];
  if (state !== undefined && state !== "Succeeded")
    said.push(problem(`${name} is in state ${state}: it delivers nothing until it is Succeeded`, again));
  if (expires !== undefined) {
    said.push(
      problem(`${name} ends on ${expires}: no event comes after that`, `${deletion(name, expected)}, then ${again}`),
    );
  }
  return said;
}

function judgeSchema({ name, schema }: Ours): Said[] {
  if (schema === undefined || schemas.includes(schema.toLowerCase())) return [];
  const advice = "It cannot be changed: delete the subscription, then azd hooks run postdeploy";
  return [problem(`${name} delivers in ${schema}; the app reads EventGridSchema and CloudEventSchemaV1_0`, advice)];
}

function judgeRetries(one: Ours, { plan }: Expected): Said[] {
  const { name, family } = one;
  const attempts = one.maxDeliveryAttempts ?? defaults.maxDeliveryAttempts;
  const minutes = one.eventTimeToLiveInMinutes ?? defaults.eventTimeToLiveInMinutes;
  const batch = one.maxEventsPerBatch ?? defaults.maxEventsPerBatch;
  const wanted = plan[family];
  const said: Said[] = [];
  const policy = `${attempts} attempts within ${minutes} minutes`;
  const best = `${wanted.maxDeliveryAttempts} within ${wanted.eventTimeToLiveInMinutes} are right`;
  if (family === "incomingCall") {
    if (attempts > wanted.maxDeliveryAttempts || minutes > wanted.eventTimeToLiveInMinutes) {
      said.push(
        problem(`${name} has ${policy}, ${best}: a call rings for 30 s, and later deliveries are of no use`, again),
      );
    }
  } else if (attempts < wanted.maxDeliveryAttempts || minutes < wanted.eventTimeToLiveInMinutes) {
    said.push(problem(`${name} has ${policy}, ${best}: it gives up while the app may be down for an hour`, again));
  }
  if (batch > wanted.maxEventsPerBatch) {
    said.push(
      problem(
        `${name} delivers ${batch} events at once, ${wanted.maxEventsPerBatch} are right: more may not be answered within 30 s`,
        again,
      ),
    );
  }
  return said;
}

function judgeDeadLetters({ name, deadLetters }: Ours, { storage }: Expected): Said[] {
  if (deadLetters === undefined) {
    return [problem(`${name} has no dead-letter destination: what cannot be delivered is lost`, again)];
  }
  const { container, storageAccountId, identity } = deadLetters;
  if (container !== "dead-letters" || storageAccountId !== storage.id.toLowerCase()) {
    const where = `container ${container} of ${storageAccountId.split("/").at(-1)}`;
    return [
      problem(`${name} writes dead letters to ${where}; the app reads dead-letters of its own account only`, again),
    ];
  }
  if (identity === undefined && (storage.keyless || storage.closed)) {
    const how = storage.closed ? "is closed" : "takes no keys";
    const says = `${name} writes dead letters without the topic's identity, and the storage account ${how}`;
    return [problem(`${says}: they are lost`, again)];
  }
  if (identity !== undefined && !isOfTopic(identity) && storage.closed) {
    const says = `${name} writes dead letters with a ${identity} identity`;
    return [problem(`${says}; behind a storage firewall only the topic's system-assigned one works`, again)];
  }
  return [];
}

/** Whether it is the system-assigned identity of the topic. */
export const isOfTopic = (identity: string | undefined): boolean => /^SystemAssigned$/i.test(identity ?? "");
