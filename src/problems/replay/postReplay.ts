// POST /api/problems/{id}/replay {"commit"?: true, "reason"?}
import type { HttpRequest } from "@azure/functions";
import { printable } from "../../events/printable.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { validBody } from "../../http/validBody.ts";
import { validateReplayBody } from "../generated/validateReplayBody.js";
import { replayProblem } from "./replayProblem.ts";

export const postReplay = httpHandler(async (request: HttpRequest) => {
  const { commit = false, reason = "" } = await validBody(request, validateReplayBody);
  const by = printable(request.headers.get("x-acs-events-actor")?.trim() || "function key", 200);
  const jsonBody = await replayProblem(request.params.id ?? "", commit, { by, reason });
  return { headers: { "cache-control": "no-store" }, jsonBody };
});
