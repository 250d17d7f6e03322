// How to reach the account of AzureWebJobsStorage: by connection string, or by name with the app's identity.
import type { TokenCredential } from "@azure/identity";
import { setting } from "../config.ts";
import { AcsEventsError } from "../events/errors.ts";

export interface Account {
  /** Set with a connection string; otherwise `credential` and `endpoint` are. */
  connectionString?: string;
  credential: () => Promise<TokenCredential>;
  endpoint: (service: "blob" | "table" | "queue") => string;
}

/**
 * How long a call is tried again: some 3 s. Who waits longer waits better: Event Grid and the queues deliver again, and the
 * 16 s of the SDK's own would take half of the 30 s that Event Grid waits for an answer.
 */
export const retryOptions = { retryDelayInMs: 500, maxTries: 4, maxRetries: 3 };

/**
 * The account that the settings name.
 * @throws AcsEventsError ACS_EVENTS_NO_STORAGE when neither setting names one
 */
export function storageAccount(): Account {
  const connectionString = setting("AzureWebJobsStorage");
  const name = setting("AzureWebJobsStorage__accountName");
  if (!connectionString && !name) {
    throw new AcsEventsError(
      "ACS_EVENTS_NO_STORAGE",
      "No storage account: set AzureWebJobsStorage to a connection string, or AzureWebJobsStorage__accountName to a name.",
      { retryable: true },
    );
  }
  return {
    ...(connectionString ? { connectionString } : {}),
    credential: managedIdentity,
    endpoint: (service) => `https://${name}.${service}.core.windows.net`,
  };
}

/** The app's identity in Azure. Loaded only here, so an app with connection strings never loads @azure/identity. */
export async function managedIdentity(): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import("@azure/identity");
  const managedIdentityClientId = setting("AzureWebJobsStorage__clientId");
  return new DefaultAzureCredential(managedIdentityClientId ? { managedIdentityClientId } : {});
}
