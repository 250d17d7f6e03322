// What the lists share of their queries: from, to, pageSize and continuationToken.
import type { HttpRequest } from "@azure/functions";
import { acsBegan } from "../events/credibleTime.ts";
import { AcsEventsError } from "../events/errors.ts";
import { parseEventTime } from "../events/eventTime.ts";

export interface PageQuery {
  /** First and last time that is wanted, both included; milliseconds since 1970. Absent: no bound was given. */
  from?: number;
  to?: number;
  pageSize: number;
  /** Row key after which the page begins. */
  after: string | undefined;
}

/** A time of ACS may be ahead of this machine's clock, but not by more than this many milliseconds. */
const skew = 86_400_000;

/**
 * The query of a list.
 * @param rule what lies between `from` and `to`, in a sentence
 * @param keys the row keys that a continuationToken of this list holds
 * @throws AcsEventsError ACS_EVENTS_BAD_REQUEST (400) that names the parameter
 */
export function pageQuery({ query }: HttpRequest, rule: string, keys: RegExp): PageQuery {
  const given = (name: string) => query.get(name) || undefined;
  const pageSize = given("pageSize") ?? "20";
  if (!/^\d{1,3}$/.test(pageSize) || Number(pageSize) < 1 || Number(pageSize) > 100) {
    throw badQuery("pageSize", "pageSize is a whole number from 1 to 100.");
  }
  const [from, to] = [time("from", given("from")), time("to", given("to"))];
  const bounds = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  if ((from ?? acsBegan) > bounded(bounds).to) throw badQuery("from", `from is later than to. ${rule}`);
  return { ...bounds, pageSize: Number(pageSize), after: rowKeyOf(given("continuationToken"), keys) };
}

/** The bounds of a list that goes back over years: no month is looked into that cannot hold anything. */
export function bounded({ from = acsBegan, to = Number.POSITIVE_INFINITY }: Pick<PageQuery, "from" | "to">) {
  return { from: Math.max(from, acsBegan), to: Math.min(to, Date.now() + skew) };
}

/** The answer with a page: its items, and the token for the page after the row key `next`. */
export function pageAnswer({ value, next }: { value: readonly object[]; next?: string }) {
  const jsonBody = { value, ...(next !== undefined && { continuationToken: tokenOf(next) }) };
  return { headers: { "cache-control": "no-store" }, jsonBody };
}

/** A parameter of a query that is no good. */
export function badQuery(target: string, message: string): AcsEventsError {
  return new AcsEventsError("ACS_EVENTS_BAD_REQUEST", message, { status: 400, target });
}

const isoTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d))?$/;

function time(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = isoTime.test(text) && parseEventTime(inFull(text)) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(value)) {
    throw badQuery(name, `${name} is a time with its zone, or a date, in ISO 8601: 2026-11-20T09:00:00Z, 2026-11-20.`);
  }
  return value;
}

/** With a time, and with seconds. */
function inFull(text: string): string {
  if (text.length === 10) return `${text}T00:00:00Z`;
  return text.replace(/^(.{16})(?!:)/, "$1:00");
}

function tokenOf(rowKey: string): string {
  return Buffer.from(rowKey).toString("base64url");
}

function rowKeyOf(token: string | undefined, keys: RegExp): string | undefined {
  if (token === undefined) return undefined;
  const rowKey = Buffer.from(token, "base64url").toString("latin1");
  if (!keys.test(rowKey) || tokenOf(rowKey) !== token) {
    throw badQuery(
      "continuationToken",
      "This is no continuationToken of this list. Take it as it was, or leave it out.",
    );
  }
  return rowKey;
}
