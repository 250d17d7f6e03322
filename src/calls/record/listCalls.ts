// `GET /api/calls`: walks the list of all calls, or of a person's (rows.ts), from the newest to the oldest. A call is shown once, at the
// time of its earliest event, or of its earliest with that person.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { httpHandler } from "../../http/httpHandler.ts";
import { bounded, pageAnswer } from "../../http/pageQuery.ts";
import { timeOfKey } from "../../storage/newestFirst.ts";
import { pageOfMonths } from "../../storage/pageOfMonths.ts";
import type { CallRecordings } from "./callRecordings.ts";
import { type FoundCall, findCall } from "./findCall.ts";
import { type FirstSeen, firstSeen } from "./firstSeen.ts";
import { type CallItem, itemOf } from "./listItem.ts";
import { listQuery } from "./listQuery.ts";
import { type List, type ListedRow, listOf } from "./rows.ts";

/** Rows of a list that one call looks at, and how many together when only some are wanted. */
const maxLookedAt = 200;
const batch = 25;

/** Calls that are looked into at once, in the whole process. */
const places = new Semaphore(8);

/** @param recordings what there is of recordings */
export function listCalls(recordings: CallRecordings) {
  return httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
    const { participant, state, ...query } = listQuery(request);
    const path = new URL(request.url).pathname.replace(/\/+$/, "");
    const list = listOf(participant);
    const page = await pageOfMonths<ListedRow, CallItem>({
      ...query,
      ...bounded(query),
      ...list,
      batch: state === undefined ? undefined : batch,
      maxLookedAt,
      item: ({ name, rowKey }) =>
        places.runExclusive(async () => {
          const place = { name, at: new Date(timeOfKey(rowKey)).toISOString() };
          const found = await standingAt(place, list, recordings);
          const item = found && (await itemOf(found, place.at, path));
          return state === undefined || item?.state === state ? item : undefined;
        }),
    });
    return pageAnswer(page);
  });
}

/** The call that a row of a list leads to; undefined when the call stands elsewhere by now, under this or any other of its names. */
async function standingAt(place: FirstSeen, list: List, recordings: CallRecordings): Promise<FoundCall | undefined> {
  const isThere = (first?: FirstSeen) => first?.name === place.name && first.at === place.at;
  if (!isThere(await firstSeen(list, [place.name]))) return undefined;
  const found = await findCall(place.name, recordings);
  return isThere(await firstSeen(list, found?.names ?? [])) ? found : undefined;
}
