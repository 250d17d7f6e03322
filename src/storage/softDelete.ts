import { blobService } from "./blobs.ts";
import { httpStatus, inTime } from "./onDemand.ts";

/** Most days that soft delete can be set to: https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview */
const mostDays = 365;

/**
 * How many days the account keeps what was deleted or overwritten, as its settings say; `known` is false when the app's identity may not
 * read them.
 */
export async function softDeleteDays(): Promise<{ days: number; known: boolean }> {
  try {
    const { deleteRetentionPolicy } = await (await blobService()).getProperties({ abortSignal: inTime() });
    return { days: deleteRetentionPolicy?.enabled ? (deleteRetentionPolicy.days ?? mostDays) : 0, known: true };
  } catch (error) {
    const status = httpStatus(error) ?? 0;
    if (status >= 400 && status < 500) return { days: mostDays, known: false };
    throw error;
  }
}
