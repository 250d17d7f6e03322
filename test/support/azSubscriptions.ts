import type { Expected, StorageAccount } from "../../scripts/doctor/subscriptions/expected.ts";
import { readPlan } from "../../scripts/doctor/subscriptions/plan.ts";
import { families } from "../../src/events/families.ts";

export const azIds = {
  group: "rg-contoso",
  app: "/subscriptions/5b0a/resourceGroups/rg-contoso/providers/Microsoft.Web/sites/func-contoso",
  storage: "/subscriptions/5b0a/resourceGroups/rg-contoso/providers/Microsoft.Storage/storageAccounts/devstoreaccount1",
  acs: "/subscriptions/0c3f/resourceGroups/rg-acs/providers/Microsoft.Communication/CommunicationServices/contoso",
  appClient: "b0b0b0b0-3f5d-4a35-8f0e-5b9b2f3d1c33",
  appPrincipal: "7a1e0c5b-3f5d-4a35-8f0e-5b9b2f3d1c11",
  topicPrincipal: "c0ffee00-3f5d-4a35-8f0e-5b9b2f3d1c22",
};

/** What `az eventgrid system-topic event-subscription list` prints of what infra/subscriptions.bicep makes. */
export async function azSubscriptions() {
  const plan = await readPlan();
  return families.map((family) => {
    const { eventTypes, maxEventsPerBatch, maxDeliveryAttempts, eventTimeToLiveInMinutes } = plan[family];
    const name = `${family}Events`;
    return {
      name,
      provisioningState: "Succeeded",
      destination: {
        endpointType: "AzureFunction",
        deliveryAttributeMappings: null,
        maxEventsPerBatch,
        preferredBatchSizeInKilobytes: 64,
        resourceId: `${azIds.app}/functions/${name}` as string | undefined,
      } as Record<string, unknown>,
      eventDeliverySchema: "EventGridSchema",
      expirationTimeUtc: null as string | null,
      filter: {
        advancedFilters: null as unknown[] | null,
        includedEventTypes: eventTypes.map((type) => `Microsoft.Communication.${type}`) as string[] | null,
        isSubjectCaseSensitive: false,
        subjectBeginsWith: "",
        subjectEndsWith: "",
      },
      retryPolicy: { maxDeliveryAttempts, eventTimeToLiveInMinutes } as Record<string, number> | null,
      deadLetterDestination: null as unknown,
      deadLetterWithResourceIdentity: {
        identity: { type: "SystemAssigned", userAssignedIdentity: null },
        deadLetterDestination: {
          endpointType: "StorageBlob",
          blobContainerName: "dead-letters",
          resourceId: azIds.storage,
        },
      } as unknown,
    };
  });
}

export type AzSubscription = Awaited<ReturnType<typeof azSubscriptions>>[number];

/** The account that infra/storage.bicep makes. */
export const azAccount: StorageAccount = { id: azIds.storage, keyless: true, closed: false, trustsAzure: true };

/** By what they are judged: all families are wanted, and storage takes no keys. */
export async function expectedSubscriptions(): Promise<Expected> {
  return {
    plan: await readPlan(),
    families,
    excludedTypes: new Set(),
    functionAppId: azIds.app,
    host: "func-contoso.azurewebsites.net",
    functions: families.map((family) => `${family}Events`),
    storage: azAccount,
    topicName: "evgt-contoso",
    topicGroup: "rg-acs",
  };
}
