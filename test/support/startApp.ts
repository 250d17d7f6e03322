import type { Fault } from "../../dev/acsSimulator/faults.ts";
import type { Publication } from "../../dev/eventGrid/publication.ts";
import { postEvents } from "../../dev/stack/postEvents.ts";
import { type Stack, type StackOptions, startStack } from "../../dev/stack/startStack.ts";
import { openStore } from "../../dev/stack/store.ts";
import type { Family } from "../../src/events/families.ts";
import { emptyAzurite } from "./emptyAzurite.ts";

export type { Fault };

/** The built app on a stack of its own, with short hands for what its tests do. */
export interface App extends Stack {
  store: ReturnType<typeof openStore>;
  /** Posts to the family's function in one request, as Event Grid does; gives the status. */
  post(family: Family, events: unknown): Promise<number>;
  /** Publishes through Event Grid, and resolves when all that follows is done. */
  publish(events: unknown[], how?: Publication): Promise<void>;
  /** Makes the simulator's next requests of a kind fail. */
  fault(fault: Fault): Promise<void>;
  /** Asks the app's HTTP functions; `path` begins with /api. */
  get(path: string, init?: RequestInit): Promise<Response>;
  /** The same with a method and, if there is one, a JSON body. */
  call(method: string, path: string, body?: unknown, init?: RequestInit): Promise<Response>;
}

/** Starts the stack in memory, with every delay at a hundredth, and timers that wait to be run: a test may cross the tenth minute. */
export async function startApp(settings: Record<string, string> = {}, options: StackOptions = {}): Promise<App> {
  const stack = await startStack({ settings, delayScale: 0.01, timers: false, storage: emptyAzurite, ...options });
  return {
    ...stack,
    store: openStore(stack.addresses.storageConnectionString),
    post: (family, events) => postEvents(stack.host.webhookUrl(`${family}Events`), events),
    async publish(events, how) {
      await stack.eventGrid.publish(events, how);
      await stack.idle();
    },
    async fault(fault) {
      const answer = await fetch(`${stack.addresses.acs}/simulator/faults`, {
        method: "POST",
        body: JSON.stringify(fault),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    get: (path, init) => fetch(stack.host.url + path, init),
    call(method, path, body, { headers, ...init } = {}) {
      const json = body === undefined ? {} : { "content-type": "application/json" };
      return fetch(stack.host.url + path, {
        method,
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
        headers: { ...json, ...Object.fromEntries(new Headers(headers)) },
        ...init,
      });
    },
  };
}
