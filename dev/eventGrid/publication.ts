/** How events are to be delivered, where a publisher (mostly a test) wants it otherwise than the subscription says. */
export interface Publication {
  /** Each event is delivered that many times. */
  duplicates?: number;
  /** In random order, among what waits already too. */
  shuffle?: boolean;
  /** Events per request, up to 5000, whatever the subscription's limits. */
  batch?: number;
  /** All requests at once, without the bound on parallel requests. */
  parallel?: boolean;
  /** Only to this subscription, past its filter, and exactly as published: how forged events reach a function. */
  subscription?: string;
}

/**
 * Reads a publication's options from the query of `POST /api/events`, for example
 * `?duplicates=2&shuffle=true&batch=5000&parallel=true&subscription=smsEvents`.
 *
 * @throws Error if a number is none, or out of range.
 */
export function readPublication(query: URLSearchParams): Publication {
  return {
    duplicates: readCount(query, "duplicates"),
    batch: readCount(query, "batch"),
    shuffle: query.get("shuffle") === "true",
    parallel: query.get("parallel") === "true",
    subscription: query.get("subscription") ?? undefined,
  };
}

function readCount(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 5000) return count;
  throw new Error(`The option ${name} is a whole number from 1 to 5000.`);
}
