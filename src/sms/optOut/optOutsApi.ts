// The routes /api/sms/opt-outs/{ourNumber}/{theirNumber}: what is kept, and the owner's own word.
import type { HttpResponseInit } from "@azure/functions";
import { setting, settingIsValid } from "../../config.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { parseNumber } from "../../events/parseNumber.ts";
import { isE164 } from "../../events/phoneNumber.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { isSenderName } from "../numberKind.ts";
import { noteOptOut } from "./noteOptOut.ts";
import { mirrorLater } from "./optOutJobs.ts";
import type { OptOutRow, Pair } from "./optOutRow.ts";
import type { OptOutState } from "./optOutState.ts";
import { readOptOut } from "./readOptOut.ts";

/** `GET` tells the state, `PUT` opts out, `DELETE` opts in; all answer with the state as it is then. */
export const optOuts = httpHandler(async ({ method, params }) => {
  const pair = { ourNumber: ourNumberIn(params.ourNumber), theirNumber: theirNumberIn(params.theirNumber) };
  if (method === "GET") return answer(pair, await readOptOut(pair));
  const row = await noteByOwner(pair, method === "PUT" ? "out" : "in");
  await mirrorLater(pair, row);
  return answer(pair, row);
});

/** The owner's word is the last one, also where the clock of ACS is a little ahead of ours, and when another comes meanwhile. */
async function noteByOwner(pair: Pair, state: OptOutState["state"]): Promise<OptOutRow> {
  const id = `owner-${crypto.randomUUID()}`;
  for (;;) {
    const before = await readOptOut(pair);
    const at = new Date(Math.max(Date.now(), (before?.at.getTime() ?? 0) + 1));
    const row = await noteOptOut(pair, { state, at, id, source: "owner" });
    if (row.id === id) return row;
  }
}

function answer(pair: Pair, row: OptOutRow | undefined): HttpResponseInit {
  const known = row && { state: row.state, at: row.at.toISOString(), source: row.source, ...acsOf(row) };
  return { headers: { "cache-control": "no-store" }, jsonBody: { ...pair, ...(known ?? { state: "none" }) } };
}

/** Whether ACS has the state too, where that is wanted. */
function acsOf({ state, mirrored, mirrorStatus = 0 }: OptOutRow): { acs?: "told" | "waiting" | "refused" } {
  if (!settingIsValid("ACS_OPT_OUT_SYNC") || !setting("ACS_OPT_OUT_SYNC")) return {};
  if (mirrored !== state) return { acs: "waiting" };
  return { acs: mirrorStatus < 400 ? "told" : "refused" };
}

function ourNumberIn(text = ""): string {
  const number = parseNumber(text);
  if (number) return number;
  if (isSenderName(text)) return text;
  throw badNumber(
    "ourNumber",
    "a phone number with its country code, such as +14255550100, a short code, or the name of a sender",
  );
}

function theirNumberIn(text = ""): string {
  const number = parseNumber(text);
  if (number && isE164(number)) return number;
  throw badNumber("theirNumber", "a phone number with its country code, such as +14255550123");
}

function badNumber(target: string, expected: string): AcsEventsError {
  return new AcsEventsError("ACS_EVENTS_BAD_REQUEST", `${target} is no phone number: ${expected} is expected.`, {
    status: 400,
    target,
  });
}
