/**
 * The local Functions host: runs the built app as the Azure Functions host and its Node.js worker would, with Event Grid,
 * queue, timer and HTTP triggers. It imitates contracts only, for development and tests; it is no part of the deployment.
 */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createHostServer } from "./createHostServer.ts";
import type { AppFunction } from "./indexFunctions.ts";
import { createKeys, type Keys } from "./keys.ts";
import { openApp } from "./openApp.ts";
import { waitUntilIdle } from "./waitUntilIdle.ts";

export interface HostOptions {
  /** Folder of the built app: package.json with `main`, host.json. */
  appDir: string;
  /** 0 = any free port. */
  port: number;
  /** App settings; empty ones are not passed on, as in Azure. */
  env: Record<string, string>;
  storageConnectionString: string;
  /** Every delay of the queue triggers is multiplied by this; 1 = as in Azure. */
  delayScale: number;
  /** The master key. Without it no keys are checked, as under `func start`. */
  auth?: string;
  log?: (line: string) => void;
}

export interface Host {
  url: string;
  functions: AppFunction[];
  keys?: Keys;
  /** Where Event Grid delivers for this function, with the key if keys are checked. */
  webhookUrl(functionName: string): string;
  /** Resolves when nothing runs and no queue with a trigger (poison queues included) holds a message. */
  idle(): Promise<void>;
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
 * Starts the host on 127.0.0.1.
 * @throws (rejects) Error with the reason, where the real host refuses to start, drops a function, or starts with nothing
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const log = options.log ?? (() => {});
  const keys = options.auth === undefined ? undefined : createKeys(options.auth);
  let app = await openApp(options, log);
  let current = Promise.resolve(app);
  const idle = () => waitUntilIdle(() => current);
  const server = createHostServer(() => current, idle, keys, log);
  server.listen(options.port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    await app.close();
    throw error;
  }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

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
    async restart() {
      const old = app;
      current = old.close().then(() => openApp(options, log));
      app = await current;
    },
    kill: () => app.worker.kill(),
    pid: () => app.worker.pid(),
    runTimer: (functionName) => app.timers.run(functionName),
    async close() {
      server.close();
      server.closeAllConnections();
      const last = await current.catch(() => app);
      current = Promise.reject(new Error("The host is closed."));
      current.catch(() => {});
      await last.close();
    },
  };
}
