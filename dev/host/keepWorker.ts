import { setTimeout as pause } from "node:timers/promises";
import type { InvocationRequest, InvocationResult } from "./protocol.ts";
import { spawnWorker, type Worker, type WorkerOptions } from "./spawnWorker.ts";

/** The app's process, started again whenever it dies. */
export interface KeptWorker {
  /** The process of this moment; waits while it is being started. */
  current(): Promise<Worker>;
  pid(): number;
  invoke(requests: InvocationRequest[]): Promise<Promise<InvocationResult>[]>;
  kill(): void;
  close(): Promise<void>;
}

const calmMs = 30_000; // a process that lived this long was no crash loop
const firstBackOffMs = 50;
const longestBackOffMs = 5000;

/**
 * Starts the app's process and keeps one running.
 * @param delayScale factor for the waits between crash and start
 * @throws (rejects) if the app does not load the first time
 */
export async function keepWorker(options: WorkerOptions, delayScale: number): Promise<KeptWorker> {
  const closing = new AbortController();
  let crashes = 0;
  let worker = await spawnWorker(options);
  let current = Promise.resolve(worker);
  watch(worker);

  function watch(watched: Worker): void {
    const startedAt = Date.now();
    void watched.exited.then((reason) => {
      if (closing.signal.aborted) return;
      if (Date.now() - startedAt > calmMs) crashes = 0;
      current = startAgain(reason);
      current.catch(() => {}); // it rejects only when the host closes
    });
  }

  async function startAgain(reason: string): Promise<Worker> {
    options.log(`host error: ${reason}; starting it again`);
    const backOff = Math.min(firstBackOffMs * 2 ** crashes++, longestBackOffMs) * delayScale;
    await pause(backOff, undefined, { signal: closing.signal });
    try {
      worker = await spawnWorker(options);
    } catch (error) {
      return startAgain(error instanceof Error ? error.message : String(error));
    }
    watch(worker);
    return worker;
  }

  return {
    current: () => current,
    pid: () => worker.pid,
    invoke: async (requests) => (await current).invoke(requests),
    kill: () => worker.kill(),
    async close() {
      closing.abort();
      await current.then((last) => last.terminate()).catch(() => {});
    },
  };
}
