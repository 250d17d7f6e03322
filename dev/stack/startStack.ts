// Everything that stands in for Azure on a laptop, in one call: Azurite, the ACS simulator, the local Functions host with the
// built app, and the Event Grid simulator with one subscription per family.
import { fileURLToPath } from "node:url";
import { families } from "../../src/events/families.ts";
import { type AcsSimulator, startAcsSimulator } from "../acsSimulator/startAcsSimulator.ts";
import { startAzurite } from "../azurite/startAzurite.ts";
import { type EventGrid, startEventGrid } from "../eventGrid/startEventGrid.ts";
import { type Host, startHost } from "../host/startHost.ts";
import { familySubscription } from "./familySubscription.ts";

export interface StackOptions {
  /** Port of the Functions host; Event Grid and ACS get the next two. 0 = any free ports. */
  port?: number;
  /** Folder that keeps the storage account's data; in memory without it. */
  data?: string;
  /** Folder of the built app: package.json, host.json, dist. */
  appDir?: string;
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
  host: Host;
  eventGrid: EventGrid;
  acs: AcsSimulator;
  /** Resolves when nothing is under way anywhere: no delivery, no invocation, no message, no report to be published. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Starts the stack and resolves when all of it answers. @throws Error naming the part that does not start */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { port = 0, delayScale = 0.1, log = () => {}, data, auth, settings = {} } = options;
  const portOf = (offset: number) => (port === 0 ? 0 : port + offset);
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const azurite = await startAzurite(data === undefined ? {} : { dir: data });
    closers.push(azurite.close);
    const acs = await startAcsSimulator({ port: portOf(2) });
    closers.push(acs.close);
    const host = await startHost({
      appDir: options.appDir ?? repository,
      port,
      storageConnectionString: azurite.connectionString,
      delayScale,
      ...(auth === undefined ? {} : { auth }),
      log,
      env: {
        FUNCTIONS_WORKER_RUNTIME: "node",
        AzureWebJobsStorage: azurite.connectionString,
        ACS_CONNECTION_STRING: acs.connectionString,
        ACS_SIMULATOR: acs.url,
        AUTO_REPLY: "on",
        ...settings,
      },
    });
    closers.push(host.close);
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
    return {
      addresses: {
        host: host.url,
        eventGrid: eventGrid.url,
        acs: acs.url,
        acsConnectionString: acs.connectionString,
        storageConnectionString: azurite.connectionString,
      },
      host,
      eventGrid,
      acs,
      async idle() {
        // Work goes round: host → ACS → Event Grid → host. It has ended when a round brought no delivery.
        for (let before = -1; before !== deliveries; ) {
          before = deliveries;
          await host.idle();
          await acs.idle();
          await eventGrid.idle();
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
