// `GET /api/calls`: walks the index of calls (announceCall.ts) from the newest to the oldest, or the timeline of a person. A call is
// shown once, at the time of its earliest event, or of its earliest with that person.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { httpHandler } from "../../http/httpHandler.ts";
import { bounded, pageAnswer } from "../../http/pageQuery.ts";
import { timeOfKey } from "../../storage/newestFirst.ts";
import { pageOfMonths } from "../../storage/pageOfMonths.ts";
import type { CallRecordings } from "./callRecordings.ts";
import { callsOfPerson } from "./callsOfPerson.ts";
import { findCall } from "./findCall.ts";
import { type CallItem, itemOf } from "./listItem.ts";
import { listQuery } from "./listQuery.ts";
import { earliestOf } from "./principalOf.ts";
import type { ListedRow } from "./rows.ts";

/** Rows of the index that one call looks at, and how many together when only some are wanted. */
const maxLookedAt = 200;
const batch = 25;

/** Calls that are looked into at once, in the whole process. */
const places = new Semaphore(8);

/** @param recordings what there is of recordings */
export function listCalls(recordings: CallRecordings) {
  return httpHandler(async (request: HttpRequest): Promise<HttpResponseInit> => {
    const { participant, state, ...query } = listQuery(request);
    const path = new URL(request.url).pathname.replace(/\/+$/, "");
    const wanted = (item: CallItem) => (state === undefined || item.state === state ? item : undefined);
    if (participant !== undefined) {
      return pageAnswer(await callsOfPerson({ ...query, participant, path, recordings, wanted }));
    }
    const page = await pageOfMonths<ListedRow, CallItem>({
      ...query,
      ...bounded(query),
      index: "calls",
      batch: state === undefined ? undefined : batch,
      maxLookedAt,
      item: (row) =>
        places.runExclusive(async () => {
          const item = await shownAt(row, recordings, path);
          return item && wanted(item);
        }),
    });
    return pageAnswer(page);
  });
}

/** The call that a row of the index leads to; undefined when an earlier event of it, under any of its names, is known by now. */
async function shownAt({ name, rowKey }: ListedRow & { rowKey: string }, recordings: CallRecordings, path: string) {
  const found = await findCall(name, recordings);
  const earliest = found && earliestOf(found);
  if (!earliest || earliest.name !== name || Date.parse(earliest.time ?? "") !== timeOfKey(rowKey)) return undefined;
  return itemOf(found, path, Date.now());
}
