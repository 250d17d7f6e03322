import { randomUUID } from "node:crypto";
import { isEventObject } from "./envelope.ts";
import type { Subscription } from "./subscription.ts";

// Who Event Grid says it is when it asks a CloudEvents endpoint for leave.
const origin = "eventgrid.azure.net";

/**
 * Proves that an endpoint wants a subscription's events, as Event Grid does when the subscription is created
 * (https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema, …-cloud-events-schema).
 *
 * @throws Error naming the subscription and what the endpoint answered.
 */
export async function handshake(subscription: Subscription, topic: string): Promise<void> {
  const ask = subscription.schema === "cloudEvents" ? askLeave(subscription) : echoCode(subscription, topic);
  const answer = await ask.catch((error: Error) => `nothing (${String(error.cause ?? error)})`);
  if (answer === undefined) return;
  const endpoint = subscription.endpoint.split("?")[0];
  throw new Error(
    `Subscription ${subscription.name} is not validated: ${endpoint} answered ${answer}. Is the function there and its key right?`,
  );
}

async function echoCode(subscription: Subscription, topic: string): Promise<string | undefined> {
  const validationCode = randomUUID();
  const event = {
    id: randomUUID(),
    topic,
    subject: "",
    data: { validationCode },
    eventType: "Microsoft.EventGrid.SubscriptionValidationEvent",
    eventTime: new Date().toISOString(),
    metadataVersion: "1",
    dataVersion: "2",
  };
  const response = await fetch(subscription.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/json; charset=utf-8",
      "aeg-event-type": "SubscriptionValidation",
      "aeg-subscription-name": subscription.name.toUpperCase(),
      "aeg-delivery-count": "0",
    },
    body: JSON.stringify([event]),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (response.status === 200 && validationResponse(text) === validationCode) return undefined;
  return `${response.status} without the validation code`;
}

async function askLeave(subscription: Subscription): Promise<string | undefined> {
  const response = await fetch(subscription.endpoint, {
    method: "OPTIONS",
    headers: { "WebHook-Request-Origin": origin },
    signal: AbortSignal.timeout(30_000),
  });
  await response.arrayBuffer();
  const allowed = response.headers.get("WebHook-Allowed-Origin");
  if (response.status === 200 && (allowed === "*" || allowed === origin)) return undefined;
  return `${response.status} with WebHook-Allowed-Origin ${allowed ?? "absent"}`;
}

function validationResponse(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return isEventObject(body) ? body.validationResponse : undefined;
  } catch {
    return undefined;
  }
}
