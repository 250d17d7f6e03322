import { QueueServiceClient } from "@azure/storage-queue";
import { createLimit } from "./createLimit.ts";
import { createDispatcher, type Dispatcher } from "./dispatch.ts";
import type { HeldMessages } from "./heldMessages.ts";
import { type HostJson, readHostJson } from "./hostJson.ts";
import { type AppFunction, indexFunctions } from "./indexFunctions.ts";
import { type KeptWorker, keepWorker } from "./keepWorker.ts";
import { listenToQueue, type QueueListener } from "./queueListener.ts";
import { sendQueueOutput } from "./queueOutput.ts";
import type { HostOptions } from "./startHost.ts";
import { startTimers, type Timers } from "./timers.ts";

/** The app, loaded and listening to its queues and timers. */
export interface RunningApp {
  hostJson: HostJson;
  functions: AppFunction[];
  worker: KeptWorker;
  dispatcher: Dispatcher;
  timers: Timers;
  /** Whether a message is visible on a queue that triggers a function. */
  seesMessage(): Promise<boolean>;
  close(): Promise<void>;
}

/** What outlives the loaded app: a restart loads it anew with the same. */
export interface AppOptions
  extends Pick<HostOptions, "appDir" | "storageConnectionString" | "delayScale" | "placeholder" | "shared"> {
  env: Record<string, string>;
  /** Whether timer functions run by their schedules. */
  timers: boolean;
  held: HeldMessages;
  /** How far ahead of the real clock the app's process lives, in milliseconds. */
  clockAheadMs: () => number;
}

/** What of the machine's environment the app's process needs to run at all; app settings come on top. */
const inherited = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LANG"];

const maxOutputsAtOnce = 128; // 5,000 events of one delivery hand out their jobs together

/** Loads and checks the app, then starts its listeners. @throws (rejects) with what the real host refuses */
export async function openApp(options: AppOptions, log: (line: string) => void): Promise<RunningApp> {
  const { appDir, storageConnectionString, delayScale, held, clockAheadMs } = options;
  const hostJson = readHostJson(appDir);
  const settings = appSettings(options);
  const worker = await keepWorker(
    { appDir, env: settings, log, placeholder: options.placeholder, clockAheadMs },
    delayScale,
  );
  const service = QueueServiceClient.fromConnectionString(storageConnectionString, { retryOptions: { maxTries: 3 } });
  const limit = createLimit(maxOutputsAtOnce);
  const listeners = new Map<string, QueueListener>();
  const sendToQueue: Parameters<typeof createDispatcher>[1] = async (queueName, data) => {
    await limit(() => sendQueueOutput(service, queueName, data));
    listeners.get(queueName)?.wake();
  };
  try {
    const functions = indexFunctions((await worker.current()).functions, settings, log);
    const dispatcher = createDispatcher(worker, sendToQueue, log);
    for (const fn of functions) {
      if (!fn.queueName) continue;
      const listener = listenToQueue({
        service,
        queueName: fn.queueName,
        settings: hostJson.queues,
        delayScale,
        shared: options.shared === true,
        held,
        log,
        // A laptop has one Azurite for all; in Azure jobs and deliveries have instances of their own.
        ready: dispatcher.afterDelivery,
        run: async (invocation) => (await dispatcher.run(fn, [invocation]))[0] ?? {},
        poisoned: (queueName) => listeners.get(queueName)?.wake(),
      });
      listeners.set(fn.queueName, listener);
    }
    const timers = startTimers(functions, dispatcher, options.timers);
    return {
      hostJson,
      functions,
      worker,
      dispatcher,
      timers,
      async seesMessage() {
        // Most queues of an app are never made, and one question about all costs less than a refusal from each.
        const there = new Set<string>();
        for await (const { name } of service.listQueues()) there.add(name);
        const seen = await Promise.all([...listeners].map(([name, listener]) => listener.sees(there.has(name))));
        return seen.includes(true);
      },
      async close() {
        timers.stop();
        // First the listeners stop receiving, then the process ends: what ran fails, and its messages become visible again.
        const stopped = [...listeners.values()].map((listener) => listener.stop());
        await worker.close();
        await Promise.all(stopped);
      },
    };
  } catch (error) {
    await worker.close();
    throw error;
  }
}

function appSettings({ env, storageConnectionString }: AppOptions): Record<string, string> {
  const machine = inherited.map((name) => [name, process.env[name]]);
  const app = { AzureWebJobsStorage: storageConnectionString, FUNCTIONS_WORKER_RUNTIME: "node", ...env };
  // The real host does not send settings with empty values.
  return Object.fromEntries([...machine, ...Object.entries(app)].filter(([, value]) => value));
}
