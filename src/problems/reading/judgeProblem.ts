// A person's word on a problem: `POST /api/problems/{id}/dismiss`, and `…/reopen` for a word that was wrong.
import { AcsEventsError } from "../../events/errors.ts";
import { admin } from "../../http/admin.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { validBody } from "../../http/validBody.ts";
import { dismissProblem, reopenProblem } from "../../storage/problems.ts";
import { lookAgainAt } from "../deadLetters/lookAgainAt.ts";
import { validateReasonBody } from "../generated/validateReasonBody.js";
import { answerWith, unknownProblem } from "./showProblem.ts";

/** Takes a problem off the list, and keeps who said so and why. Again changes nothing. */
export const dismiss = httpHandler(async (request) => {
  const by = admin(request);
  const { id = "" } = request.params;
  const { reason } = await validBody(request, validateReasonBody);
  const problem = await dismissProblem(id, { by, reason });
  if (!problem) throw unknownProblem();
  if (problem.state === "resolved") throw resolvedAlready();
  return answerWith(request, id);
});

/** Puts a dismissed problem back on the list. Again changes nothing. */
export const reopen = httpHandler(async (request) => {
  const by = admin(request);
  const { id = "" } = request.params;
  const problem = await reopenProblem(id, by);
  if (!problem) throw unknownProblem();
  if (problem.state === "resolved") throw resolvedAlready();
  await lookAgainAt(problem);
  return answerWith(request, id);
});

function resolvedAlready(): AcsEventsError {
  const message =
    "The cause of this problem is gone: it is resolved already, and opens by itself if the cause comes back.";
  return new AcsEventsError("ACS_EVENTS_PROBLEM_RESOLVED", message, { status: 409, target: "id" });
}
