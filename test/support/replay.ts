import { expect } from "vitest";
import { type Item, itemsOf } from "./pages.ts";
import type { App } from "./startApp.ts";

export interface ReplayAnswer {
  commit: boolean;
  state: string;
  result: string;
  events?: {
    outcome: string;
    type?: string;
    reasons?: string[];
    jobs: { queue: string; done: boolean; says: string }[];
  }[];
  job?: { queue: string; done: boolean; says: string };
}

/** The open problems of a kind, as the list has them. */
export function openProblems(app: App, kind: string): Promise<Item[]> {
  return itemsOf(app, "/api/problems", { kind });
}

/** Asks for a replay of a problem; a dry run unless the body says otherwise. */
export async function replay(app: App, id: unknown, body: object = {}): Promise<ReplayAnswer> {
  const answer = await app.call("POST", `/api/problems/${id}/replay`, body, {
    headers: { "x-acs-events-actor": "the tester" },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as ReplayAnswer;
}
