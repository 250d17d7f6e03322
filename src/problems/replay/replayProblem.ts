import { AcsEventsError } from "../../events/errors.ts";
import { type ProblemSource, sourceOf } from "../../storage/problemSource.ts";
import { readProblem, resolveProblem } from "../../storage/problems.ts";
import { unknownProblem } from "../reading/showProblem.ts";
import { eventContainers } from "./rawEvents.ts";
import { type Place, replayBlob } from "./replayBlob.ts";
import { replayJob } from "./replayJob.ts";
import { endPosition, keepPosition, readPosition } from "./replayPosition.ts";
import { type Asked, onRecord } from "./replayRecord.ts";
import { replayUnknownType } from "./replayUnknownType.ts";
import { beginTally } from "./tally.ts";

/** Milliseconds for the events of a type or of a blob; who asks by HTTP waits 230 seconds at most. */
const budget = 100_000;

type Known = NonNullable<Awaited<ReturnType<typeof readProblem>>> & { id: string };
type StoredSource = Extract<ProblemSource, { blob: string }>;

/**
 * Has what a problem is about done again; without `commit` it says what would happen, and nothing is written.
 * @param id of the problem
 * @returns what `POST /api/problems/{id}/replay` answers
 * @throws AcsEventsError ACS_EVENTS_UNKNOWN_PROBLEM (404), ACS_EVENTS_NOT_REPLAYABLE (409); what storage throws
 */
export async function replayProblem(id: string, commit: boolean, asked: Asked) {
  const problem = await readProblem(id);
  if (!problem) throw unknownProblem();
  const work = workOf({ ...problem, id });
  const { resolves, ...answer } = commit
    ? await onRecord(id, asked, async () => {
        const done = await work(true);
        if (done.resolves) await resolveProblem(id);
        return done;
      })
    : await work(false);
  const { state = "open" } = (commit && (await readProblem(id))) || problem;
  return { problem: id, commit, state, ...answer };
}

interface Answer {
  /** In a few words. */
  result: string;
  events?: object[];
  job?: object;
  /** Not all events could be looked at in time. */
  more?: true;
  /** Nothing is left that needs a person. */
  resolves: boolean;
}

function workOf(problem: Known): (commit: boolean) => Promise<Answer> {
  const source = sourceOf(problem);
  if (problem.kind === "unknownEventType") return (commit) => replayType(problem, commit);
  if (source && "queue" in source) return (commit) => replayQueued(source, problem.state, commit);
  if (source && eventContainers.has(source.container)) {
    return (commit) => replayStored(problem.id, source, commit);
  }
  const message = `A problem of kind ${problem.kind} has neither an event nor a job that could be done again. Its advice says what to do.`;
  throw new AcsEventsError("ACS_EVENTS_NOT_REPLAYABLE", message, { status: 409 });
}

async function replayStored(id: string, { container, blob }: StoredSource, commit: boolean): Promise<Answer> {
  const from = commit ? await readPosition<Place>(id) : undefined;
  const { events, none, left, next } = await replayBlob(container, blob, {
    ...{ commit, from },
    end: performance.now() + budget,
  });
  if (commit && next) await keepPosition(id, next);
  else if (from) await endPosition(id);
  const tally = beginTally();
  tally.add(events);
  const result = none === undefined ? tally.text() : `nothing to replay: ${container}/${blob} is ${none}`;
  // What became of an archived event is for its own kind to see.
  const resolves = !left && container !== "events";
  return { result, events: tally.shown, resolves, ...(next && { more: true as const }) };
}

async function replayQueued(
  { queue, message }: { queue: string; message: string },
  state: string | undefined,
  commit: boolean,
): Promise<Answer> {
  // A second click must not put it back a second time, though its ledger row would keep it from being done twice.
  if (state === "resolved") return { result: "already replayed, or done", resolves: true };
  const { putBack, ...job } = await replayJob(queue, message, commit);
  const result = job.done ? "already done" : putBack ? "put back on its queue" : "not put back";
  return { result, job, resolves: job.done || putBack };
}

async function replayType(problem: Known, commit: boolean): Promise<Answer> {
  const times = { from: problem.firstSeen.getTime(), end: performance.now() + budget };
  const { tally, known, left, more } = await replayUnknownType(problem.raw, { ...times, commit });
  if (!known) return { result: "this version of the app does not know the type", resolves: false };
  return { result: tally.text(), events: tally.shown, resolves: !left, ...(more && { more: true as const }) };
}
