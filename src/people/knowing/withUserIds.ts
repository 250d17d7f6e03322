// The owner's own user ids beside the participants of an answer: calls, threads and recordings know people by what events name them.
import type { HttpRequest, HttpResponseInit, InvocationContext } from "@azure/functions";
import { Semaphore } from "async-mutex";
import { AcsEventsError } from "../../events/errors.ts";
import { isObject, type JsonObject } from "../../events/json.ts";
import { entityNamed, kindOf } from "./personNamed.ts";
import { resolvePerson } from "./resolvePerson.ts";

type Handler = (request: HttpRequest, context: InvocationContext) => Promise<HttpResponseInit>;

/** People of one answer that are looked up, and lookups at once in the whole process. */
const maxPeople = 100;
const places = new Semaphore(16);

/** A handler whose answer has `userId` at each of its `participants` of whom it is known. */
export function withUserIds(handler: Handler): Handler {
  return async (request, context) => {
    const answer = await handler(request, context);
    const { jsonBody } = answer;
    if (!isObject(jsonBody) || !Array.isArray(jsonBody.participants)) return answer;
    const people = jsonBody.participants as unknown[];
    const ids = [...new Set(people.map(idIn))].filter((id) => id !== undefined).slice(0, maxPeople);
    const found = await Promise.all(
      ids.map((id) => places.runExclusive(async () => [id, await userIdOf(id)] as const)),
    );
    const users = new Map(found);
    const participants = people.map((one) => {
      const userId = users.get(idIn(one) ?? "");
      return userId === undefined ? one : { ...(one as JsonObject), userId };
    });
    return { ...answer, jsonBody: { ...jsonBody, participants } };
  };
}

/** The raw id or number of a participant, by whichever member has it; other ids, such as that of a stay, are none. */
function idIn(participant: unknown): string | undefined {
  if (!isObject(participant)) return undefined;
  const { rawId, participantId, id } = participant;
  return [rawId, participantId, id].find((value): value is string => {
    const entity = typeof value === "string" ? entityNamed(value) : undefined;
    return entity !== undefined && entity !== "nobody" && ["rawId", "phoneNumber"].includes(kindOf(entity));
  });
}

/** Undefined also where the owner's lists contradict each other: that is no reason to keep a call back. */
async function userIdOf(id: string): Promise<string | undefined> {
  try {
    return (await resolvePerson(id)).userId;
  } catch (error) {
    if (error instanceof AcsEventsError) return undefined;
    throw error;
  }
}
