import type { IncomingMessage } from "node:http";
import type { Dispatcher, Invocation } from "./dispatch.ts";
import type { AppFunction } from "./indexFunctions.ts";
import { toTriggerMetadata } from "./triggerMetadata.ts";

export interface WebhookAnswer {
  status: number;
  text?: string;
  headers?: Record<string, string>;
}

const eventGridOrigins = ["eventgrid.azure.net", "eventgrid.azure.us", "eventgrid.azure.cn"];

/**
 * Answers a request to the Event Grid webhook. The order of the checks is the extension's:
 * azure-sdk-for-net, Microsoft.Azure.WebJobs.Extensions.EventGrid 3.x, `HttpRequestProcessor.cs`.
 */
export async function answerEventGrid(
  request: IncomingMessage,
  body: Buffer,
  url: URL,
  functions: AppFunction[],
  dispatcher: Dispatcher,
): Promise<WebhookAnswer> {
  const name = url.searchParams.get("functionName") ?? "";
  const fn = functions.find((one) => one.name === name && one.trigger === "eventGridTrigger");
  if (!fn) return { status: 404, text: `cannot find function: '${name}'` };
  if (request.method === "OPTIONS") {
    const origin = String(request.headers["webhook-request-origin"] ?? "").toLowerCase();
    const allowed = eventGridOrigins.find((one) => one === origin) ?? "eventgrid.azure.net";
    return { status: 200, headers: { "Webhook-Allowed-Origin": allowed } };
  }
  try {
    switch (String(request.headers["aeg-event-type"] ?? "").toLowerCase()) {
      case "subscriptionvalidation":
        return { status: 200, text: JSON.stringify({ validationResponse: validationCode(parse(body)) }) };
      case "notification":
        return await notify(fn, parse(body), request.headers.traceparent, dispatcher);
      case "unsubscribe":
        return { status: 202 };
      default:
        return { status: 400 };
    }
  } catch (error) {
    return { status: 500, text: error instanceof Error ? error.message : String(error) };
  }
}

function parse(body: Buffer): unknown {
  return JSON.parse(body.toString("utf8"));
}

/** An array holds the code in its first event; in an object (CloudEvents) `data` is a JSON string. */
function validationCode(body: unknown): unknown {
  if (Array.isArray(body)) return body[0].data.validationCode;
  return JSON.parse((body as { data: string }).data).validationCode;
}

async function notify(fn: AppFunction, body: unknown, header: unknown, dispatcher: Dispatcher): Promise<WebhookAnswer> {
  const events: unknown[] = Array.isArray(body) ? body : [body];
  const invocations = fn.takesMany
    ? [{ data: { collectionString: { string: events.map((event) => JSON.stringify(event, null, 2)) } } }]
    : events.map(toInvocation);
  const traceparent = typeof header === "string" ? header : undefined;
  const outcomes = await dispatcher.run(
    fn,
    invocations.map((invocation) => ({ ...invocation, traceparent })),
  );
  const failed = outcomes.find(({ error }) => error !== undefined);
  return failed ? { status: 500, text: failed.error ?? "" } : { status: 202 };
}

function toInvocation(event: unknown): Invocation {
  if (typeof event !== "object" || event === null || Array.isArray(event))
    throw new TypeError("An event must be a JSON object.");
  const single = Object.entries(event).filter(([, value]) => !Array.isArray(value));
  return {
    data: { string: JSON.stringify(event, null, 2) },
    triggerMetadata: toTriggerMetadata(Object.fromEntries(single)),
  };
}
