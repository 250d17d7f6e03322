// List prices in US dollars, without any free grant: East US, pay as you go. They were not read off Microsoft's price list itself, which
// no program on this machine reaches, but from what others quote of it; look there before you plan with them:
// https://azure.microsoft.com/pricing/details/storage/blobs/ (…/tables/, …/queues/), …/event-grid/, …/functions/
import type { Counts, Kind } from "./countOperations.ts";

export const pricesFrom = "list prices, East US, LRS, hot, as quoted 2023-09 to 2026-07; looked up 2026-11-21";

const each = (dollars: number, ofOperations: number) => dollars / ofOperations;

/**
 * Of one storage operation. Blobs: block blobs, hot, LRS: $0.05 per 10,000 writes and lists, $0.004 per 10,000 of the others, deletes free
 * (calculators of 2023, as in East US; some regions are a tenth dearer: the test data of Infracost has $0.055 and $0.0044). Which operation is
 * which: https://learn.microsoft.com/azure/storage/blobs/map-rest-apis-transaction-categories. Tables: $0.00036 per 10,000 of any kind, a
 * transaction of up to 100 rows is one (quoted of July 2026). Queues of a general-purpose v2 account: $0.004 per 10,000 (Infracost).
 */
export const storagePrices: Readonly<Record<Kind, number>> = {
  ...{ blobWrite: each(0.05, 1e4), blobList: each(0.05, 1e4), blobRead: each(0.004, 1e4), blobOther: each(0.004, 1e4) },
  ...{
    blobDelete: 0,
    tableRead: each(0.000_36, 1e4),
    tableWrite: each(0.000_36, 1e4),
    tableBatch: each(0.000_36, 1e4),
  },
  ...{
    queuePut: each(0.004, 1e4),
    queueGet: each(0.004, 1e4),
    queueDelete: each(0.004, 1e4),
    queueOther: each(0.004, 1e4),
  },
};

/** Event Grid, basic tier: $0.60 per million operations (Infracost: $0.06 per 100,000); an event is one when it is published and one when it is delivered. */
export const eventPrice = 2 * each(0.6, 1e6);

/** Functions, Flex Consumption, on demand: $0.40 per million executions and $0.000026 per GB-second (modal.com, 2025-05-22, East US). */
export const executionPrice = each(0.4, 1e6);
export const gigabyteSecondPrice = 0.000_026;
/** The default size of an instance. */
export const instanceGigabytes = 2;

/** Of storage operations, in dollars. */
export function costOf(counts: Counts): number {
  return Object.entries(storagePrices).reduce((sum, [kind, price]) => sum + price * counts[kind as Kind], 0);
}
