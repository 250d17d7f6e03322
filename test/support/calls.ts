import { expect } from "vitest";
import type { FoldedCall } from "../../src/calls/record/foldCall.ts";
import type { CallItem } from "../../src/calls/record/listItem.ts";
import { eventGridEvent } from "../fixtures/eventFixtures.ts";
import { user } from "../fixtures/events/fixture.ts";
import type { App } from "./startApp.ts";

type Shown = FoldedCall & { serverCallId?: string; correlationId?: string; ids: Record<string, string[]> };

interface Page {
  value: CallItem[];
  continuationToken?: string;
}

export const person = (n: number) => `8:acs:5d0e2f61-7c34-4b8a-9f52-a1b6c7d8e9f0_${n}`;
export const by = (rawId: string) => ({ communicationIdentifier: user(rawId) });

/** An event with an id that follows from what it tells. */
export function callEvent(name: string, eventTime: string, data: Record<string, unknown>, overrides = {}) {
  return eventGridEvent(name, data, {
    id: `${name}-${eventTime}-${JSON.stringify(data).length}`,
    eventTime,
    ...overrides,
  });
}

/** A CallStarted event. */
export function startedCall(id: string, time: string, who = person(1), data = {}) {
  const all = { serverCallId: id, startedBy: by(who), ...data };
  return callEvent("CallStarted", time, all, { id: `started-${id}-${time}` });
}

/** `GET /api/calls/{id}`, which must be there. */
export async function showCall(app: App, id: string): Promise<Shown> {
  const response = await app.get(`/api/calls/${encodeURIComponent(id)}`);
  expect(response.status, id).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  return (await response.json()) as Shown;
}

/** A page of `GET /api/calls`. */
export async function listCalls(app: App, query: Record<string, string | number | undefined>): Promise<Page> {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  const response = await app.get(`/api/calls?${parameters}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Page;
}
