import type { HttpRequest } from "@azure/functions";
import { AcsEventsError } from "../../events/errors.ts";
import { parseEventTime } from "../../events/eventTime.ts";

export interface ListQuery {
  /** Starts of recordings, milliseconds since 1970; both included. */
  from: number;
  to: number;
  state: "complete" | "incomplete" | undefined;
  pageSize: number;
  /** Row key after which the page begins. */
  after: string | undefined;
}

/** No recording of ACS is older: the service began in 2020. */
const oldest = Date.UTC(2020, 0);

/** A start may be ahead of this machine's clock, but not by more than this many milliseconds. */
const skew = 86_400_000;

/** The query of `GET /api/recordings`. @throws AcsEventsError ACS_EVENTS_BAD_REQUEST (400) that names the parameter */
export function listQuery({ query }: HttpRequest): ListQuery {
  const given = (name: string) => query.get(name) || undefined;
  const state = given("state")?.toLowerCase();
  if (state !== undefined && state !== "complete" && state !== "incomplete") {
    throw bad("state", "state is complete or incomplete; leave it out for both.");
  }
  const pageSize = given("pageSize") ?? "20";
  if (!/^\d{1,3}$/.test(pageSize) || Number(pageSize) < 1 || Number(pageSize) > 100) {
    throw bad("pageSize", "pageSize is a whole number from 1 to 100.");
  }
  const from = time("from", given("from")) ?? oldest;
  const to = Math.min(time("to", given("to")) ?? Number.POSITIVE_INFINITY, Date.now() + skew);
  if (from > to) throw bad("from", "from is later than to. A recording is listed when it started between the two.");
  const after = position(given("continuationToken"));
  return { from: Math.max(from, oldest), to, state, pageSize: Number(pageSize), after };
}

const isoTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d))?$/;

function time(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = isoTime.test(text) && parseEventTime(inFull(text)) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(value)) {
    throw bad(name, `${name} is a time with its zone, or a date, in ISO 8601: 2026-11-20T09:00:00Z, 2026-11-20.`);
  }
  return value;
}

/** With a time, and with seconds. */
function inFull(text: string): string {
  if (text.length === 10) return `${text}T00:00:00Z`;
  return text.replace(/^(.{16})(?!:)/, "$1:00");
}

/** The token for the page after this row key. */
export function tokenOf(rowKey: string): string {
  return Buffer.from(rowKey).toString("base64url");
}

function position(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  const rowKey = Buffer.from(token, "base64url").toString("latin1");
  if (!/^0\d{14}_[0-9a-f]{64}$/.test(rowKey) || tokenOf(rowKey) !== token) {
    throw bad("continuationToken", "This is no continuationToken of this list. Take it as it was, or leave it out.");
  }
  return rowKey;
}

function bad(target: string, message: string): AcsEventsError {
  return new AcsEventsError("ACS_EVENTS_BAD_REQUEST", message, { status: 400, target });
}
