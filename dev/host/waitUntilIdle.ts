import { setTimeout as pause } from "node:timers/promises";
import type { RunningApp } from "./openApp.ts";

const pollMs = 20;

/**
 * Resolves when no invocation runs and no queue that triggers a function holds a message, visible or not.
 * The counts are taken twice around the look at the queues, because a message may move on meanwhile.
 */
export async function waitUntilIdle(current: () => Promise<RunningApp>): Promise<void> {
  for (;;) {
    const app = await current();
    const { dispatcher } = app;
    const started = dispatcher.started();
    if (dispatcher.running() === 0 && (await app.countMessages()) === 0) {
      if (dispatcher.running() === 0 && dispatcher.started() === started && (await app.countMessages()) === 0) return;
    }
    await pause(pollMs);
  }
}
