// An event subscription as `az eventgrid system-topic event-subscription list` prints it. Versions of the CLI differ in whether what is
// under `properties` is lifted out of it; both are read.

export interface Subscription {
  name: string;
  state?: string;
  /** Lower case: "azurefunction", "webhook", … */
  endpointType?: string;
  /** Of the function, without the app; undefined if it goes to no function. */
  functionName?: string;
  /** Resource id of the function's app, lower case. */
  functionAppId?: string;
  /** Of a webhook: its address without the query. */
  address?: string;
  maxEventsPerBatch?: number;
  schema?: string;
  /** Undefined: all types. */
  includedEventTypes?: string[];
  subjectBeginsWith: string;
  subjectEndsWith: string;
  hasAdvancedFilters: boolean;
  maxDeliveryAttempts?: number;
  eventTimeToLiveInMinutes?: number;
  expires?: string;
  /** Where it writes what it gives up; `identity` undefined: with Event Grid's own access. Resource id in lower case. */
  deadLetters?: { storageAccountId: string; container: string; identity?: string };
}

type Json = Record<string, unknown>;

/** @throws Error when it is no list of subscriptions */
export function readSubscriptions(json: unknown): Subscription[] {
  if (!Array.isArray(json)) throw new Error("A list of event subscriptions is expected.");
  return json.map((one) => readSubscription(lifted(one)));
}

function readSubscription(json: Json): Subscription {
  const destination = lifted(json.destination ?? lifted(json.deliveryWithResourceIdentity).destination);
  const [, functionAppId, functionName] = /^(.*)\/functions\/([^/]+)$/i.exec(text(destination.resourceId) ?? "") ?? [];
  const filter = lifted(json.filter);
  const retry = lifted(json.retryPolicy);
  const types = filter.includedEventTypes;
  return {
    name: text(json.name) ?? "(no name)",
    state: text(json.provisioningState),
    endpointType: text(destination.endpointType)?.toLowerCase(),
    functionName,
    functionAppId: functionAppId?.toLowerCase(),
    address: text(destination.endpointBaseUrl) ?? text(destination.endpointUrl)?.split("?")[0],
    maxEventsPerBatch: whole(destination.maxEventsPerBatch),
    schema: text(json.eventDeliverySchema),
    includedEventTypes: Array.isArray(types) ? types.map(String) : undefined,
    subjectBeginsWith: text(filter.subjectBeginsWith) ?? "",
    subjectEndsWith: text(filter.subjectEndsWith) ?? "",
    hasAdvancedFilters: Array.isArray(filter.advancedFilters) && filter.advancedFilters.length > 0,
    maxDeliveryAttempts: whole(retry.maxDeliveryAttempts),
    eventTimeToLiveInMinutes: whole(retry.eventTimeToLiveInMinutes),
    expires: text(json.expirationTimeUtc),
    deadLetters: deadLettersOf(json),
  };
}

function deadLettersOf(json: Json): Subscription["deadLetters"] {
  const withIdentity = lifted(json.deadLetterWithResourceIdentity);
  const destination = lifted(withIdentity.deadLetterDestination ?? json.deadLetterDestination);
  const storageAccountId = text(destination.resourceId)?.toLowerCase();
  if (storageAccountId === undefined) return undefined;
  return {
    storageAccountId,
    container: text(destination.blobContainerName) ?? "",
    identity: text(lifted(withIdentity.identity).type),
  };
}

function lifted(value: unknown): Json {
  if (typeof value !== "object" || value === null) return {};
  const { properties, ...rest } = value as Json;
  return typeof properties === "object" && properties !== null ? { ...rest, ...properties } : rest;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const whole = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
