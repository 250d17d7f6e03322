import { AcsEventsError } from "../events/errors.ts";
import { hashKeyState } from "../storage/keyedHash.ts";
import { httpStatus, storageErrorCode } from "../storage/onDemand.ts";
import { trustedNow } from "../storage/trustedNow.ts";
import { tryStorage } from "../storage/tryStorage.ts";

/** What became of a try: `status` and `code` as storage or ACS answered; a code alone when nobody did. */
interface Tried {
  ok: boolean;
  status?: number;
  code?: string;
}

/**
 * Tries with the app's own identity or keys what it needs them for.
 * @param tryAcs throws when ACS does not let the app in
 * @returns also which key opt-outs are kept under (see `hashKeyState`), and how far the clock is ahead of storage's; undefined where storage
 * does not say
 */
export async function tryAll(tryAcs: () => Promise<void>) {
  const [blob, queue, table, acs] = await Promise.all([...Object.values(tryStorage), tryAcs].map(tried));
  const hashKey = await hashKeyState().catch(() => undefined);
  const now = await trustedNow().catch(() => undefined);
  return { blob, queue, table, acs, hashKey, clockAheadMs: now && Date.now() - now.getTime() };
}

async function tried(work: () => Promise<void>): Promise<Tried> {
  try {
    await work();
    return { ok: true };
  } catch (error) {
    if (error instanceof AcsEventsError) return { ok: false, status: error.status, code: error.code };
    const name = error instanceof Error ? error.name : "unknown error";
    return { ok: false, status: httpStatus(error), code: storageErrorCode(error) ?? name };
  }
}
