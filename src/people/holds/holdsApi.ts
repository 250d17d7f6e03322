// The routes …/hold of a person, call, thread and recording: what is under a hold is neither erased nor ended by retention.
import type { HttpRequest, HttpResponseInit } from "@azure/functions";
import { call, type Entity, recording, thread } from "../../events/entities.ts";
import { AcsEventsError } from "../../events/errors.ts";
import { admin } from "../../http/admin.ts";
import { httpHandler } from "../../http/httpHandler.ts";
import { resolveRecording } from "../../recordings/resolveRecording.ts";
import { endHold, logHold, putHold, readHold } from "../../storage/holds.ts";
import { personNamed } from "../knowing/personNamed.ts";
import { reasonOf } from "../reasonOf.ts";

/** The real host leaves an encoded slash as it is, unlike all else. */
const fromPath = (id = "") => id.replace(/%2f/gi, "/");

export const personHold = holds(({ params }) => personNamed(params.identifier ?? ""));
/** By any id of the call: the hold is one on all of them. */
export const callHold = holds(async ({ params }) => call(fromPath(params.serverCallId)));
export const threadHold = holds(async ({ params }) => thread(fromPath(params.threadId)));
export const recordingHold = holds(async ({ params }) =>
  recording(await resolveRecording(fromPath(params.recordingId))),
);

/** `GET` shows the hold, `PUT` sets it, `DELETE` ends it; each needs a reason but GET, and all are noted with who did it. */
function holds(find: (request: HttpRequest) => Promise<Entity | undefined>) {
  return httpHandler(async (request): Promise<HttpResponseInit> => {
    const by = admin(request);
    const entity = await find(request);
    if (entity === undefined) throw nothing();
    const before = await readHold(entity);
    if (request.method === "PUT") {
      const reason = await reasonOf(request);
      const since = before?.since ?? new Date();
      await logHold({ entity, action: "set", reason, by });
      await putHold(entity, { reason, by, since });
      return answer({ entity, reason, by, since });
    }
    if (!before) throw none();
    if (request.method === "GET") return answer(before);
    const reason = await reasonOf(request);
    await logHold({ entity, action: "ended", reason, by });
    await endHold(entity);
    return { status: 204 };
  });
}

function answer({
  entity,
  reason,
  by,
  since,
}: {
  entity: string;
  reason: string;
  by: string;
  since: Date;
}): HttpResponseInit {
  const jsonBody = { entity, reason, by, since: since.toISOString() };
  return { headers: { "cache-control": "no-store" }, jsonBody };
}

function nothing(): AcsEventsError {
  return new AcsEventsError("ACS_EVENTS_BAD_REQUEST", "The id in the path names nothing.", { status: 400 });
}

function none(): AcsEventsError {
  return new AcsEventsError("ACS_EVENTS_NO_HOLD", "There is no hold on this. PUT sets one.", { status: 404 });
}
