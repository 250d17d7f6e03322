import { setTimeout as pause } from "node:timers/promises";
import type { HeldMessages } from "./heldMessages.ts";
import type { RunningApp } from "./openApp.ts";

const pollMs = 20;

/**
 * Resolves when no invocation runs, this host holds no message, and none is visible on a queue that triggers a function.
 * The counts are taken twice around the look at the queues, because a message may move on meanwhile.
 */
export async function waitUntilIdle(current: () => Promise<RunningApp>, held: HeldMessages): Promise<void> {
  for (;;) {
    const { dispatcher, seesMessage } = await current();
    const quiet = () => dispatcher.running() === 0 && held.count() === 0;
    const begun = () => dispatcher.started() + held.total();
    const before = begun();
    if (quiet() && !(await seesMessage()) && quiet() && begun() === before) return;
    await pause(pollMs);
  }
}
