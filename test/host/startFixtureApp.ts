/** Starts Azurite and the host with the fixture app, and asks the app what its functions were called with. */
import { fileURLToPath } from "node:url";
import { QueueClient } from "@azure/storage-queue";
import { type HostOptions, startHost } from "../../dev/host/startHost.ts";
import { emptyAzurite } from "../support/emptyAzurite.ts";

export interface Seen {
  name: string;
  value: unknown;
  metadata?: Record<string, unknown>;
}

export const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

export async function startFixtureApp(options: Partial<HostOptions> = {}) {
  const azurite = await emptyAzurite();
  const log: string[] = [];
  const given = options.env ?? {};
  const env = (url: string) => ({
    JOB_QUEUE: "jobs",
    TICK: "0 0 0 1 1 *",
    EMPTY: "",
    ...(typeof given === "function" ? given(url) : given),
  });
  const storageConnectionString = azurite.connectionString;
  const started = startHost({
    appDir: fixture("app"),
    port: 0,
    storageConnectionString,
    delayScale: 0.005,
    log: (line) => log.push(line),
    ...options,
    env,
  });
  started.catch(() => azurite.close());
  const host = await started;
  return {
    host,
    log,
    queue: (name: string) => new QueueClient(storageConnectionString, name),
    seen: async (name: string): Promise<Seen[]> => {
      const response = await fetch(`${host.url}/api/seen`);
      const all = (await response.json()) as Seen[];
      return all.filter((one) => one.name === name);
    },
    notify: (body: unknown, functionName = "oneEvent") =>
      fetch(host.webhookUrl(functionName), {
        method: "POST",
        headers: { "aeg-event-type": "Notification" },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    async close() {
      await host.close();
      await azurite.close();
    },
  };
}

export type FixtureApp = Awaited<ReturnType<typeof startFixtureApp>>;
