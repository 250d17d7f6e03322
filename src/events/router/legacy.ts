import type { Legacy } from "../upcast.ts";

const selector: Legacy = { durations: { ttl: "ttlSeconds" }, numbers: ["ttlSeconds"] };

/** Errors nest; four levels are more than any sample has, and hostile depth must not cost a stack. */
function error(levels: number): Legacy {
  const renamed = { innerError: "innererror" };
  return levels === 0 ? { renamed } : { renamed, inside: { innererror: error(levels - 1), details: { renamed } } };
}

/** Names of the 2021-2022 router preview. Source: fields.md, section 4. */
export const routerLegacy: Legacy = {
  renamed: {
    queueInfo: "queueDetails",
    offerTimeUtc: "offeredOn",
    expiryTimeUtc: "expiresOn",
    scheduledTimeUtc: "scheduledOn",
    requestedWorkerSelectorsExpired: "expiredRequestedWorkerSelectors",
    attachedWorkerSelectorsExpired: "expiredAttachedWorkerSelectors",
    propertiesUpdated: "updatedWorkerProperties",
  },
  inside: {
    requestedWorkerSelectors: selector,
    attachedWorkerSelectors: selector,
    expiredRequestedWorkerSelectors: selector,
    expiredAttachedWorkerSelectors: selector,
    errors: error(4),
  },
};

/** The samples of these two types still carry the selectors under the names that other types use for live ones. */
export const scheduledJobLegacy: Legacy = {
  ...routerLegacy,
  renamed: {
    ...routerLegacy.renamed,
    requestedWorkerSelectors: "expiredRequestedWorkerSelectors",
    attachedWorkerSelectors: "expiredAttachedWorkerSelectors",
  },
};
