import type { HttpRequest } from "@azure/functions";
import { AcsEventsError } from "../events/errors.ts";
import { isObject } from "../events/json.ts";
import { printable } from "../events/printable.ts";

/** Longest reason, in characters. */
const longest = 1_000;

/** Why somebody does what cannot be undone: `reason` in the JSON body or, as some proxies take the body off a DELETE, in the query. */
export async function reasonOf(request: HttpRequest): Promise<string> {
  const text = (await request.text()).trim();
  const given = (text === "" ? undefined : reasonIn(text)) ?? request.query.get("reason");
  const reason = printable(typeof given === "string" ? given.trim() : "", longest);
  if (reason !== "") return reason;
  throw new AcsEventsError("ACS_EVENTS_BAD_REQUEST", 'Say why: {"reason": "…"} as JSON body, or ?reason=… .', {
    status: 400,
    target: "reason",
  });
}

function reasonIn(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body.reason : undefined;
  } catch {
    return undefined;
  }
}
