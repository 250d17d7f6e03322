import { AcsEventsError } from "../events/errors.ts";
import { noToken, notConnected } from "./unsent.ts";

/**
 * Why a text was not accepted. refused: it never will be. notSent: nothing was sent, and it may work later. unknown: it may have been
 * sent, or not.
 */
export type SmsFailure =
  | { outcome: "refused"; reason: string }
  /** throttled: ACS wants less from this sender. unable: the app's settings or credentials keep it from asking. */
  | { outcome: "notSent"; reason: string; throttled?: { retryAfterMs?: number }; unable?: boolean }
  | { outcome: "unknown"; reason: string };

/** What SDK and platform throw, and what ACS says of one recipient. */
interface Trouble {
  statusCode?: number;
  code?: string;
  name?: string;
  message?: string;
  response?: { headers: { get(name: string): string | undefined } };
}

/** Tells the failures of a send apart. A time-out (408), a 5xx and a broken connection may come after the text was taken. */
export function smsFailure(error: unknown): SmsFailure {
  if (error instanceof AcsEventsError) return { outcome: "notSent", reason: error.code, unable: true };
  const { statusCode, code = "", name = "", message = "", response } = error as Trouble;
  if (noToken.has(name)) return { outcome: "notSent", reason: name, unable: true };
  if (statusCode === 429) {
    const retryAfterMs = waitOf(response);
    return {
      outcome: "notSent",
      reason: "ACS answered 429",
      throttled: retryAfterMs === undefined ? {} : { retryAfterMs },
    };
  }
  if (statusCode === 401 || statusCode === 403) {
    return { outcome: "notSent", reason: `ACS answered ${statusCode}`, unable: true };
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500 && statusCode !== 408) {
    // ACS's own words, which may name the number: for the row, not for the log.
    return { outcome: "refused", reason: `ACS answered ${statusCode}: ${message.slice(0, 200)}` };
  }
  if (statusCode === undefined && notConnected.has(code)) return { outcome: "notSent", reason: code };
  return { outcome: "unknown", reason: statusCode ? `ACS answered ${statusCode}` : name || code };
}

/** A longer wait is nobody's intention, in milliseconds. */
const longestWait = 24 * 3_600_000;

/** What the answer says to wait, in milliseconds; a date is measured from now. */
function waitOf(response: Trouble["response"]): number | undefined {
  const given = (name: string) => response?.headers.get(name) ?? "";
  for (const name of ["retry-after-ms", "x-ms-retry-after-ms"]) {
    if (/^\d+$/.test(given(name))) return Math.min(Number(given(name)), longestWait);
  }
  const after = given("retry-after");
  if (/^\d+(\.\d+)?$/.test(after)) return Math.min(Number(after) * 1000, longestWait);
  const date = Date.parse(after);
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - Date.now()), longestWait);
}
