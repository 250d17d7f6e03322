/**
 * The local Functions host: runs the built app as the Azure Functions host and its Node.js worker would, with Event Grid,
 * queue, timer and HTTP triggers. It imitates contracts only, for development and tests; it is no part of the deployment.
 */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createHostServer } from "./createHostServer.ts";
import { createHeldMessages } from "./heldMessages.ts";
import type { AppFunction } from "./indexFunctions.ts";
import { createKeys, type Keys } from "./keys.ts";
import { openApp, type RunningApp } from "./openApp.ts";
import { waitUntilIdle } from "./waitUntilIdle.ts";

export interface HostOptions {
  /** Folder of the built app: package.json with `main`, host.json. */
  appDir: string;
  /** 0 = any free port. */
  port: number;
  /** App settings, if need be by this host's own address; empty ones are not passed on, as in Azure. */
  env: Record<string, string> | ((url: string) => Record<string, string>);
  storageConnectionString: string;
  /** Every delay of the queue triggers is multiplied by this; 1 = as in Azure. */
  delayScale: number;
  /** Other hosts run the app on the same storage account. */
  shared?: boolean;
  /** The app's environment and folder come to a process that runs already, as on Flex Consumption. */
  placeholder?: boolean | undefined;
  /** The master key. Without it no keys are checked, as under `func start`. */
  auth?: string;
  /** false: timer functions run only when asked for, as on all instances but one. */
  timers?: boolean;
  log?: (line: string) => void;
}

export interface Host {
  url: string;
  functions: AppFunction[];
  keys?: Keys;
  /** Where Event Grid delivers for this function, with the key if keys are checked. */
  webhookUrl(functionName: string): string;
  /**
   * Resolves when nothing runs, no message that was received waits for its next try, and none is visible on a queue with a
   * trigger (poison queues included). What the app put there for later is not waited for.
   */
  idle(): Promise<void>;
  /** How many invocations were started since the app was loaded. */
  started(): number;
  /**
   * From now on the app's process lives so many milliseconds ahead of the real clock (in all, not added to the last), and so
   * does each that takes its place. Timers, storage and this host keep the real clock.
   */
  moveClock(aheadMs: number): Promise<void>;
  /** Loads the app anew: host.json, functions, process. Requests wait meanwhile. */
  restart(): Promise<void>;
  /** Kills the app's process as a crash would; the host starts it again. */
  kill(): void;
  /** Process id of the app's process. */
  pid(): number;
  /** Runs a timer function now. Rejects with its failure. */
  runTimer(functionName: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the host on 127.0.0.1. It listens before the app is loaded; requests wait meanwhile.
 * @throws (rejects) Error with the reason, where the real host refuses to start, drops a function, or starts with nothing
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { port, auth, env, timers = true, log = () => {} } = options;
  const keys = auth === undefined ? undefined : createKeys(auth);
  const held = createHeldMessages();
  let aheadMs = 0;
  let current: Promise<RunningApp>;
  const idle = () => waitUntilIdle(() => current, held);
  const server = createHostServer(() => current, idle, keys, log);
  const listening = once(server, "listening");
  server.listen(port, "127.0.0.1");
  await listening;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = typeof env === "function" ? env(url) : env;
  const open = () => openApp({ ...options, env: settings, timers, held, clockAheadMs: () => aheadMs }, log);

  function stopListening(): void {
    server.close();
    server.closeAllConnections();
  }

  current = open();
  let app: RunningApp;
  try {
    app = await current;
  } catch (error) {
    stopListening();
    throw error;
  }

  return {
    url,
    get functions() {
      return app.functions;
    },
    ...(keys && { keys }),
    webhookUrl(functionName) {
      const query = new URLSearchParams({ functionName, ...(keys && { code: keys.eventGrid }) });
      return `${url}/runtime/webhooks/EventGrid?${query}`;
    },
    idle,
    started: () => app.dispatcher.started(),
    async moveClock(ms) {
      aheadMs = ms;
      (await (await current).worker.current()).moveClock(ms);
    },
    async restart() {
      const old = app;
      current = old.close().then(open);
      app = await current;
    },
    kill: () => app.worker.kill(),
    pid: () => app.worker.pid(),
    runTimer: (functionName) => app.timers.run(functionName),
    async close() {
      stopListening();
      const last = await current.catch(() => app);
      current = Promise.reject(new Error("The host is closed."));
      current.catch(() => {});
      await last.close();
      held.clear();
    },
  };
}
