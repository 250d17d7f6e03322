// `GET /api/problems`: what needs a person, in one list.
import type { HttpRequest } from "@azure/functions";
import { httpHandler } from "../../http/httpHandler.ts";
import { badQuery, bounded, pageAnswer, pageQuery } from "../../http/pageQuery.ts";
import { listProblems } from "../../storage/listProblems.ts";
import { type ProblemKind, problemKinds } from "../../storage/problemKinds.ts";
import type { ProblemState } from "../../storage/problemRows.ts";
import { pathsOf } from "./pathsOf.ts";

const states: readonly ProblemState[] = ["open", "resolved", "dismissed"];

/** The handler of `GET /api/problems`: those of one state (open ones, unless another is asked for), newest first. */
export const problems = httpHandler(async (request) => {
  const query = pageQuery(request, "They bound since when a problem is in its state.", /^\d{15}_[0-9a-f]{64}$/);
  const wanted = { ...query, ...bounded(query), ...wantedIn(request) };
  const { value, next } = await listProblems(wanted);
  const paths = pathsOf(request);
  const items = value.map(({ about, ...item }) => ({
    ...{ id: item.id, kind: item.kind, state: item.state, since: item.since },
    ...{ cause: item.cause, advice: item.advice, firstSeen: item.firstSeen, lastSeen: item.lastSeen },
    ...(item.count !== undefined && { count: item.count }),
    ...(about !== undefined && { about: paths.api(about) }),
    link: paths.problem(item.id),
  }));
  return pageAnswer({ value: items, ...(next !== undefined && { next }) });
});

function wantedIn({ query }: HttpRequest): { kinds: readonly ProblemKind[]; state: ProblemState } {
  const [kind, state] = [query.get("kind") || undefined, query.get("state") || "open"];
  const knownKind = problemKinds.find((known) => known === kind);
  if (kind !== undefined && !knownKind) throw badQuery("kind", `kind is one of ${problemKinds.join(", ")}.`);
  const knownState = states.find((known) => known === state);
  if (!knownState) throw badQuery("state", `state is one of ${states.join(", ")}.`);
  return { kinds: knownKind ? [knownKind] : problemKinds, state: knownState };
}
