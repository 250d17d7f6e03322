import { QueueServiceClient, RestError } from "@azure/storage-queue";
import { createLimit } from "./createLimit.ts";
import { createDispatcher, type Dispatcher } from "./dispatch.ts";
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
  /** How many messages, visible or not, are on the queues that trigger functions. */
  countMessages(): Promise<number>;
  close(): Promise<void>;
}

/** What of the machine's environment the app's process needs to run at all; app settings come on top. */
const inherited = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LANG"];

const maxOutputsAtOnce = 128; // 5,000 events of one delivery hand out their jobs together

/** Loads and checks the app, then starts its listeners. @throws (rejects) with what the real host refuses */
export async function openApp(options: HostOptions, log: (line: string) => void): Promise<RunningApp> {
  const { appDir, storageConnectionString, delayScale } = options;
  const hostJson = readHostJson(appDir);
  const settings = appSettings(options);
  const worker = await keepWorker({ appDir, env: settings, log }, delayScale);
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
        log,
        // A laptop has one Azurite for all; in Azure jobs and deliveries have instances of their own.
        ready: dispatcher.afterDelivery,
        run: async (invocation) => (await dispatcher.run(fn, [invocation]))[0] ?? {},
        poisoned: (queueName) => listeners.get(queueName)?.wake(),
      });
      listeners.set(fn.queueName, listener);
    }
    const timers = startTimers(functions, dispatcher);
    return {
      hostJson,
      functions,
      worker,
      dispatcher,
      timers,
      async countMessages() {
        const counts = await Promise.all([...listeners.keys()].map((name) => countMessages(service, name)));
        return counts.reduce((sum, count) => sum + count, 0);
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

function appSettings({ env, storageConnectionString }: HostOptions): Record<string, string> {
  const machine = inherited.map((name) => [name, process.env[name]]);
  const app = { AzureWebJobsStorage: storageConnectionString, FUNCTIONS_WORKER_RUNTIME: "node", ...env };
  // The real host does not send settings with empty values.
  return Object.fromEntries([...machine, ...Object.entries(app)].filter(([, value]) => value));
}

async function countMessages(service: QueueServiceClient, name: string): Promise<number> {
  try {
    return (await service.getQueueClient(name).getProperties()).approximateMessagesCount ?? 0;
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 404) return 0;
    throw error;
  }
}
