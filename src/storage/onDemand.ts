/**
 * Does `work`; if its container, table or queue is not there yet, creates it and does the work once more.
 * So no start-up step exists that an instance could forget, and the steady state costs no extra call.
 */
export async function onDemand<T>(create: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isMissing(error)) throw error;
    await create();
    return await work();
  }
}

/** Codes of Blob, Table and Queue storage for "the thing that should hold this does not exist". */
const missing = new Set(["ContainerNotFound", "TableNotFound", "QueueNotFound", "ResourceNotFound"]);

function isMissing(error: unknown): boolean {
  return missing.has(storageErrorCode(error) ?? "");
}

/** The storage service's own error code, e.g. `BlobAlreadyExists` or `EntityAlreadyExists`, wherever the SDK put it. */
export function storageErrorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { code, details } = error as { code?: unknown; details?: unknown };
  if (typeof details === "object" && details !== null) {
    const { errorCode, odataError } = details as { errorCode?: unknown; odataError?: { code?: unknown } };
    if (typeof odataError?.code === "string") return odataError.code;
    if (typeof errorCode === "string") return errorCode;
  }
  return typeof code === "string" ? code : undefined;
}

/** The HTTP status of an answer that an SDK turned into an error; undefined when there was no answer. */
export function httpStatus(error: unknown): number | undefined {
  const { statusCode } = (typeof error === "object" && error !== null ? error : {}) as { statusCode?: unknown };
  return typeof statusCode === "number" ? statusCode : undefined;
}

/**
 * A signal for one call to storage. The SDKs wait for ever for a connection that was accepted and is never answered, and each of
 * them would keep one of the process's places.
 */
export function inTime(): AbortSignal {
  return AbortSignal.timeout(10_000);
}
