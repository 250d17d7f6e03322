import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { defined } from "../../events/defined.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { readAll } from "../../storage/ledger.ts";
import type { ProblemRow } from "../../storage/problemRows.ts";
import { sourceOf } from "../../storage/problemSource.ts";
import { readProblem } from "../../storage/problems.ts";
import { pathsOf } from "./pathsOf.ts";

/** Replays of one problem that are shown. */
const maxReplays = 100;

/** The handler of `GET /api/problems/{id}`: all that is known of a problem, and what was done about it. */
export const showProblem = httpHandler((request) => answerWith(request, request.params.id ?? ""));

/** The answer with a problem as it is now. */
export async function answerWith(request: HttpRequest, id: string): Promise<HttpResponseInit> {
  const problem = await readProblem(id);
  if (!problem) throw unknownProblem();
  const { kind, state, since = problem.lastSeen, cause, advice, firstSeen, lastSeen, count, about } = problem;
  const paths = pathsOf(request);
  const jsonBody = defined({
    ...{ id, kind, state, since, cause, advice, firstSeen, lastSeen, count },
    about: about === undefined ? undefined : paths.api(about),
    raw: problem.raw,
    source: sourceOf(problem),
    ...judgementsOn(problem),
    replays: await replaysOf(id),
    link: paths.problem(id),
  });
  return { headers: { "cache-control": "no-store" }, jsonBody };
}

export function unknownProblem(): AcsEventsError {
  const message = "There is no problem of this id. Take it from GET /api/problems.";
  return new AcsEventsError("ACS_EVENTS_UNKNOWN_PROBLEM", message, { status: 404, target: "id" });
}

/** Who dismissed and reopened it last, and why: also when its state is another by now. */
function judgementsOn({ dismissedAt, dismissedBy, dismissedReason, reopenedAt, reopenedBy }: ProblemRow) {
  return {
    dismissed: dismissedAt && { at: dismissedAt, by: dismissedBy, reason: dismissedReason },
    reopened: reopenedAt && { at: reopenedAt, by: reopenedBy },
  };
}

async function replaysOf(id: string): Promise<object[]> {
  const replays: object[] = [];
  for await (const { row } of readAll(["replay", id])) {
    const { partitionKey: _, timestamp: __, ...told } = row;
    if (replays.push(told) === maxReplays) break;
  }
  return replays;
}
