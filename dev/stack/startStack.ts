// Everything that stands in for Azure on a laptop, in one call: Azurite, the ACS simulator, the local Functions host with the
// built app, and the Event Grid simulator with one subscription per family.
import { fileURLToPath } from "node:url";
import { families } from "../../src/events/families.ts";
import { type AcsSimulator, startAcsSimulator } from "../acsSimulator/startAcsSimulator.ts";
import { type Azurite, startAzurite } from "../azurite/startAzurite.ts";
import type { StorageProxy } from "../azurite/startStorageProxy.ts";
import { type EventGrid, startEventGrid } from "../eventGrid/startEventGrid.ts";
import { type Host, startHost } from "../host/startHost.ts";
import { familySubscription } from "./familySubscription.ts";

export interface StackOptions {
  /** Port of the first Functions host; Event Grid and ACS get the next two. 0 = any free ports. */
  port?: number;
  /** How many Functions hosts run the app on the one storage account; Event Grid delivers to the first. */
  instances?: number;
  /** False: timer functions run only when asked for, and not by the clock. */
  timers?: boolean;
  /** Folder that keeps the storage account's data; in memory without it. */
  data?: string;
  /** What starts the storage account in memory; Azurite in a process of its own without it. */
  storage?: () => Promise<Azurite>;
  /** By which ways the app and its hosts reach the account, if not directly; both are pointed at it here. */
  ways?: { app: StorageProxy; host: StorageProxy };
  /** Folder of the built app: package.json, host.json, dist. */
  appDir?: string;
  /** The app comes to a process that runs already, as on Flex Consumption. */
  placeholder?: boolean;
  /** App settings beside those that the stack sets. */
  settings?: Record<string, string>;
  /** Factor for every delay of queues and of Event Grid's retries; 1 is Azure's own pace. */
  delayScale?: number;
  /** Master key; keys are checked only with it. */
  auth?: string;
  log?: (line: string) => void;
}

/** Where things are, as `npm start -- --json` prints it. */
export interface Addresses {
  host: string;
  eventGrid: string;
  acs: string;
  acsConnectionString: string;
  storageConnectionString: string;
}

export interface Stack {
  addresses: Addresses;
  hosts: Host[];
  /** The first of the hosts. */
  host: Host;
  eventGrid: EventGrid;
  acs: AcsSimulator;
  /**
   * Resolves when nothing is under way anywhere: no delivery, no invocation, no message that can be received or waits for its
   * next try, no report to be published. What the app put on a queue for later is not waited for.
   */
  idle(): Promise<void>;
  /**
   * From now on the app's processes and the ACS simulator live so many milliseconds ahead of the real clock (in all, not added
   * to the last). Timers, storage and Event Grid keep the real clock.
   */
  moveClock(aheadMs: number): Promise<void>;
  close(): Promise<void>;
}

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Starts the stack and resolves when all of it answers. @throws Error naming the part that does not start */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const {
    port = 0,
    instances = 1,
    delayScale = 0.1,
    log = () => {},
    data,
    auth,
    settings = {},
    storage = startAzurite,
    ways,
  } = options;
  const portOf = (offset: number) => (port === 0 ? 0 : port + offset);
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  let aheadMs = 0;
  try {
    const azurite = await (data === undefined ? storage() : startAzurite({ dir: data }));
    closers.push(azurite.close);
    for (const way of ways ? [ways.app, ways.host] : []) way.target = azurite.connectionString;
    const acs = await startAcsSimulator({ port: portOf(2), clock: () => new Date(Date.now() + aheadMs) });
    closers.push(acs.close);

    const startInstance = async (first?: Host) => {
      const host = await startHost({
        appDir: options.appDir ?? repository,
        port: first ? 0 : port,
        storageConnectionString: ways?.host.connectionString ?? azurite.connectionString,
        delayScale,
        shared: instances > 1,
        placeholder: options.placeholder,
        ...(auth === undefined ? {} : { auth }),
        timers: options.timers !== false && !first, // in Azure a timer runs on one instance
        log,
        env: (url) => ({
          FUNCTIONS_WORKER_RUNTIME: "node",
          AzureWebJobsStorage: ways?.app.connectionString ?? azurite.connectionString,
          ACS_CONNECTION_STRING: acs.connectionString,
          ACS_RESOURCE_ID: acs.audience,
          ACS_SIMULATOR: acs.url,
          PUBLIC_BASE_URL: first?.url ?? url,
          DELAY_SCALE: String(delayScale),
          AUTO_REPLY: "on",
          INCOMING_CALLS: "on",
          ...settings,
        }),
      });
      closers.push(host.close);
      return host;
    };
    const host = await startInstance();
    const hosts = [host];
    while (hosts.length < instances) hosts.push(await startInstance(host));

    const eventGrid = await startEventGrid({
      port: portOf(1),
      subscriptions: families.map((family) => familySubscription(family, host.webhookUrl(`${family}Events`))),
      storageConnectionString: azurite.connectionString,
      retryScale: delayScale,
    });
    closers.push(eventGrid.close);
    acs.setEventGridUrl(eventGrid.url);
    let deliveries = 0;
    eventGrid.onDelivery(() => deliveries++);
    const done = () => hosts.reduce((sum, { started }) => sum + started(), deliveries);
    return {
      addresses: {
        host: host.url,
        eventGrid: eventGrid.url,
        acs: acs.url,
        acsConnectionString: acs.connectionString,
        storageConnectionString: azurite.connectionString,
      },
      hosts,
      host,
      eventGrid,
      acs,
      async idle() {
        // Work goes round: host → ACS → Event Grid → host. It has ended when a round began nothing. What one of several hosts
        // puts on a queue another may have taken, so they are asked twice.
        for (let before = -1; before !== done(); ) {
          before = done();
          for (const one of instances > 1 ? [...hosts, ...hosts] : hosts) await one.idle();
          await acs.idle();
          await eventGrid.idle();
        }
      },
      async moveClock(ms) {
        aheadMs = ms;
        await Promise.all(hosts.map((one) => one.moveClock(ms)));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
