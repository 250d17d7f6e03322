// How to reach the ACS resource: by connection string, or by endpoint with the app's identity.
import type { EndpointCredential } from "@azure/communication-common";
import type { TokenCredential } from "@azure/identity";
import { setting } from "../config.ts";
import { AcsEventsError } from "../events/errors.ts";
import { managedIdentity } from "../storage/account.ts";

export interface AcsResource {
  /** Origin of the resource, e.g. `https://contoso.communication.azure.com`. */
  endpoint: string;
  credential: EndpointCredential["credential"] | TokenCredential;
}

/**
 * The resource that the settings name.
 * @throws AcsEventsError ACS_EVENTS_NO_ACS when neither setting names one; jobs then wait in their queue for the setting
 */
export async function acsResource(): Promise<AcsResource> {
  const connectionString = setting("ACS_CONNECTION_STRING");
  if (connectionString) {
    const { parseConnectionString } = await import("@azure/communication-common");
    const { endpoint, credential } = parseConnectionString(connectionString);
    return { endpoint: new URL(endpoint).origin, credential };
  }
  const endpoint = setting("ACS_ENDPOINT");
  if (endpoint) return { endpoint: new URL(endpoint).origin, credential: await managedIdentity() };
  throw new AcsEventsError(
    "ACS_EVENTS_NO_ACS",
    "No ACS resource: set ACS_CONNECTION_STRING, or ACS_ENDPOINT to use the app's identity.",
    { retryable: true },
  );
}
